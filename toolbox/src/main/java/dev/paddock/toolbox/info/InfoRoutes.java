package dev.paddock.toolbox.info;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentInfo;
import dev.paddock.engine.agent.ListeningPort;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The routes for directories, ports and version. */
public final class InfoRoutes {
  /** How long the agent may take to tell of itself. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final int FIRST_LISTED = 3000;
  private static final int LAST_LISTED = 9999;
  private static final int MAX_PORT = 65_535;

  private final String version;

  /**
   * @param version of this program
   */
  public InfoRoutes(String version) {
    this.version = version;
  }

  /** Adds them. */
  public void addTo(RouteTable table) {
    directory(table, "/work-dir", "GetWorkDir", "Where commands start", AgentInfo::workDir);
    directory(table, "/user-home-dir", "GetUserHomeDir", "The user's home", AgentInfo::homeDir);
    directory(table, "/project-dir", "GetProjectDir", "The user's home", AgentInfo::homeDir);
    table.get(
        "/version",
        operation("GetVersion", "The version of the toolbox").answers(200, VersionResponse.class),
        (_, _) -> Answer.ok(new VersionResponse(version)));
    table.post(
        "/init",
        operation("Initialize", "Accepted for compatibility")
            .reads(InitializeRequest.class)
            .answers(200, InitializeResponse.class),
        (_, _) -> Answer.ok(new InitializeResponse("the sandbox is ready")));
    table.get(
        "/port",
        operation("GetPorts", "Ports from 3000 to 9999 that listen").answers(200, PortList.class),
        (agent, _) -> Answer.ok(new PortList(listed(agent))));
    table.get(
        "/port/{port}/in-use",
        operation("IsPortInUse", "Whether a port listens").answers(200, IsPortInUseResponse.class),
        InfoRoutes::inUse);
  }

  private static void directory(
      RouteTable table,
      String path,
      String id,
      String summary,
      Function<AgentInfo, String> directory) {
    table.get(
        path,
        operation(id, summary).answers(200, DirectoryResponse.class),
        (agent, _) -> Answer.ok(new DirectoryResponse(directory.apply(agent.hello(ANSWER)))));
  }

  private static Operation operation(String id, String summary) {
    return Operation.of(id, "info", summary);
  }

  private static List<Integer> listed(AgentClient agent) {
    return agent.ports().stream()
        .map(ListeningPort::port)
        .filter(port -> port >= FIRST_LISTED && port <= LAST_LISTED)
        .distinct()
        .sorted()
        .toList();
  }

  private static Answer inUse(AgentClient agent, Exchange exchange) {
    int port = requirePort(exchange.pathParam("port"));
    boolean inUse = agent.ports().stream().anyMatch(listening -> listening.port() == port);
    return Answer.ok(new IsPortInUseResponse(inUse));
  }

  private static int requirePort(String text) {
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    }
    throw new InvalidException("invalid port '" + text + "': a port is a number from 1 to 65535");
  }
}
