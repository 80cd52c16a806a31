package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.ProcessInfo;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.process.TerminalLimits;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.time.Duration;

/** The routes under {@code /process/pty}. */
public final class PtyRoutes {
  private static final String PTYS = "/process/pty";
  private static final String PTY = PTYS + "/{sessionId}";
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Adds them. */
  public void addTo(RouteTable table) {
    table.post(
        PTYS,
        operation("CreatePtySession", "Makes a terminal with a login shell")
            .reads(PtyCreateRequest.class)
            .answers(201, PtyCreateResponse.class),
        PtyRoutes::create);
    table.get(
        PTYS,
        operation("ListPtySessions", "Lists the terminals").answers(200, PtyListResponse.class),
        (agent, _) -> Answer.ok(list(agent)));
    table.get(
        PTY,
        operation("GetPtySession", "Describes a terminal").answers(200, PtySessionInfo.class),
        (agent, exchange) -> Answer.ok(PtySessionInfo.of(require(agent, id(exchange)))));
    table.delete(
        PTY,
        operation("DeletePtySession", "Ends a terminal and all that runs in it")
            .answers(200, PtyDeleteResponse.class),
        PtyRoutes::delete);
    table.post(
        PTY + "/resize",
        operation("ResizePtySession", "Changes the size of a terminal")
            .reads(PtyResizeRequest.class)
            .answers(200, PtySessionInfo.class),
        PtyRoutes::resize);
    table.socket(PTY + "/connect", new PtyConnectSocket());
    table.socket(PTYS + "/create-connect", new PtyCreateSocket());
  }

  private static Operation operation(String id, String summary) {
    return Operation.of(id, "process", summary);
  }

  static String id(Exchange exchange) {
    return exchange.pathParam("sessionId");
  }

  /** A process by that id that has a terminal. */
  static ProcessInfo require(AgentClient agent, String id) {
    ProcessInfo process = agent.process(id);
    if (!process.terminal()) {
      throw new NotFoundException("PTY session '" + id + "' does not exist");
    }
    return process;
  }

  private static Answer create(AgentClient agent, Exchange exchange) {
    PtyCreateRequest request = exchange.json(PtyCreateRequest.class);
    return Answer.json(201, new PtyCreateResponse(PtyStart.start(agent, request)));
  }

  private static PtyListResponse list(AgentClient agent) {
    return new PtyListResponse(
        agent.processes().stream().filter(ProcessInfo::terminal).map(PtySessionInfo::of).toList());
  }

  private static Answer delete(AgentClient agent, Exchange exchange) {
    ProcessInfo process = require(agent, id(exchange));
    agent.removeProcess(process.id(), GRACE);
    return Answer.ok(new PtyDeleteResponse("PTY session deleted"));
  }

  private static Answer resize(AgentClient agent, Exchange exchange) {
    PtyResizeRequest request = exchange.json(PtyResizeRequest.class);
    ProcessInfo process = require(agent, id(exchange));
    return Answer.ok(
        PtySessionInfo.of(
            agent.resizeTerminal(
                process.id(), TerminalLimits.require(request.cols(), request.rows()))));
  }
}
