package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.SessionCommand;
import dev.paddock.engine.agent.SessionInfo;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.SandboxSocket;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.WebSocketConnection;

/** The logs of commands, as answers and over WebSockets. */
final class SessionLogRoutes {
  private static final String COMMAND_LOG = "/process/session/{sessionId}/command/{commandId}/logs";
  private static final String ENTRYPOINT_LOG =
      "/process/session/" + SessionRoutes.ENTRYPOINT + "/logs";

  void addTo(RouteTable table) {
    add(table, COMMAND_LOG, "GetSessionCommandLogs", "The log of a command", Source.COMMAND);
    add(
        table,
        ENTRYPOINT_LOG,
        "GetEntrypointLogs",
        "The log of the image's own command",
        Source.ENTRYPOINT);
  }

  private static void add(RouteTable table, String path, String id, String summary, Source source) {
    Operation operation =
        SessionRoutes.operation(id, summary)
            .query("follow", Boolean.class, "Whether to go on until the command ends")
            .answers(200, SessionCommandLogsResponse.class);
    table.get(path, operation, (agent, exchange) -> answer(source, agent, exchange));
    table.socket(path, new Socket(source));
  }

  private static Answer answer(Source source, AgentClient agent, Exchange exchange) {
    CommandLog log = source.find(agent, exchange);
    boolean marked = source.alwaysMarked() || wantsMarkers(exchange);
    if (follows(exchange)) {
      return new LogAnswer(log, LogShape.ofStream(exchange.client(), marked, false), exchange)
          .followed();
    }
    return new LogAnswer(log, LogShape.ofAnswer(exchange.client(), marked), exchange).soFar();
  }

  static boolean wantsMarkers(Exchange exchange) {
    return exchange.header("X-Daytona-Split-Output").filter("true"::equals).isPresent();
  }

  private static boolean follows(Exchange exchange) {
    return exchange.query("follow").filter("true"::equals).isPresent();
  }

  /** The command of a session, or a failure that names it. */
  static SessionCommand require(SessionInfo session, String commandId) {
    return session.commands().stream()
        .filter(command -> command.id().equals(commandId))
        .findFirst()
        .orElseThrow(() ->
            new NotFoundException(
                "session '" + session.id() + "' has no command '" + commandId + "'"));
  }

  /** Which command's log a path means. */
  private enum Source {
    COMMAND,
    ENTRYPOINT;

    boolean alwaysMarked() {
      return this == ENTRYPOINT;
    }

    CommandLog find(AgentClient agent, Exchange exchange) {
      return switch (this) {
        case COMMAND -> ofPath(agent, exchange);
        case ENTRYPOINT -> ofEntrypoint(agent);
      };
    }

    private static CommandLog ofPath(AgentClient agent, Exchange exchange) {
      SessionInfo session = agent.session(exchange.pathParam("sessionId"));
      return new CommandLog(
          agent, session.id(), require(session, exchange.pathParam("commandId")).id());
    }

    private static CommandLog ofEntrypoint(AgentClient agent) {
      SessionInfo session = agent.session(SessionRoutes.ENTRYPOINT);
      return session.commands().stream()
          .findFirst()
          .map(command -> new CommandLog(agent, session.id(), command.id()))
          .orElseThrow(() -> new NotFoundException("the image has no command of its own"));
    }
  }

  private record Socket(Source source) implements SandboxSocket {
    @Override
    public void check(AgentClient agent, Exchange handshake) {
      source.find(agent, handshake);
    }

    @Override
    public void open(AgentClient agent, WebSocketConnection connection) throws Exception {
      Exchange handshake = connection.handshake();
      boolean marked = source.alwaysMarked() || wantsMarkers(handshake);
      LogShape shape = LogShape.ofStream(handshake.client(), marked, true);
      new LogFollow(connection, shape).run(source.find(agent, handshake), follows(handshake));
    }
  }
}
