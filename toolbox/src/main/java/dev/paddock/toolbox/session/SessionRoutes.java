package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.SessionInfo;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** The routes under {@code /process/session}, logs apart. */
public final class SessionRoutes {
  /** The session in which the image's own command runs; only its log is of use to clients. */
  static final String ENTRYPOINT = "entrypoint";

  private static final String SESSIONS = "/process/session";
  private static final String SESSION = SESSIONS + "/{sessionId}";
  private static final String COMMAND = SESSION + "/command/{commandId}";
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Adds them. */
  public void addTo(RouteTable table) {
    addSessions(table);
    addCommands(table);
    new SessionLogRoutes().addTo(table);
  }

  private static void addSessions(RouteTable table) {
    table.post(
        SESSIONS,
        operation("CreateSession", "Makes a session: a shell in which commands run in turn")
            .reads(CreateSessionRequest.class)
            .answersNothing(201),
        SessionRoutes::create);
    table.get(
        SESSIONS,
        operation("ListSessions", "Lists the sessions").answersList(200, Session.class),
        SessionRoutes::list);
    table.get(
        SESSIONS + "/" + ENTRYPOINT,
        operation("GetEntrypointSession", "The session of the image's own command")
            .answers(200, Session.class),
        (agent, _) -> Answer.ok(Session.of(agent.session(ENTRYPOINT))));
    table.get(
        SESSION,
        operation("GetSession", "A session with its commands").answers(200, Session.class),
        (agent, exchange) -> Answer.ok(Session.of(agent.session(exchange.pathParam("sessionId")))));
    table.delete(
        SESSION,
        operation("DeleteSession", "Ends a session and all that runs in it").answersNothing(204),
        SessionRoutes::delete);
  }

  private static void addCommands(RouteTable table) {
    table.post(
        SESSION + "/exec",
        operation("SessionExecuteCommand", "Runs a command in a session")
            .reads(SessionExecuteRequest.class)
            .answers(200, SessionExecuteResponse.class),
        SessionRoutes::execute);
    table.get(
        COMMAND,
        operation("GetSessionCommand", "A command of a session").answers(200, Command.class),
        SessionRoutes::command);
    table.post(
        COMMAND + "/input",
        operation("SendInput", "Sends a line to a running command")
            .reads(SessionSendInputRequest.class)
            .answersNothing(204),
        SessionRoutes::sendInput);
  }

  static Operation operation(String id, String summary) {
    return Operation.of(id, "process", summary);
  }

  private static Answer create(AgentClient agent, Exchange exchange) {
    String id = exchange.json(CreateSessionRequest.class).sessionId();
    if (id.isBlank()) {
      throw new InvalidException("sessionId is required");
    }
    requireOwn(id);
    agent.createSession(id, SessionDirectory.of(exchange.client(), agent));
    return Answer.empty(201);
  }

  private static Answer list(AgentClient agent, Exchange exchange) {
    return Answer.ok(
        agent.sessions().stream()
            .filter(session -> !session.id().equals(ENTRYPOINT))
            .map(Session::of)
            .toList());
  }

  private static Answer delete(AgentClient agent, Exchange exchange) {
    agent.deleteSession(requireOwn(exchange.pathParam("sessionId")), GRACE);
    return Answer.empty(204);
  }

  private static Answer execute(AgentClient agent, Exchange exchange) {
    String session = requireOwn(exchange.pathParam("sessionId"));
    SessionExecuteRequest request = exchange.json(SessionExecuteRequest.class);
    if (request.command().isBlank()) {
      throw new InvalidException("command is required");
    }
    String command = UUID.randomUUID().toString();
    agent.runInSession(session, command, request.command(), request.inBackground());
    if (request.inBackground()) {
      return Answer.json(202, SessionExecuteResponse.started(command));
    }
    LogShape shape = LogShape.ofAnswer(exchange.client(), SessionLogRoutes.wantsMarkers(exchange));
    return new LogAnswer(new CommandLog(agent, session, command), shape, exchange).finished();
  }

  private static Answer command(AgentClient agent, Exchange exchange) {
    SessionInfo session = agent.session(exchange.pathParam("sessionId"));
    return Answer.ok(
        Command.of(SessionLogRoutes.require(session, exchange.pathParam("commandId"))));
  }

  private static Answer sendInput(AgentClient agent, Exchange exchange) {
    String data = exchange.json(SessionSendInputRequest.class).data();
    String line = data.endsWith("\n") ? data : data + "\n";
    agent.writeSessionInput(
        exchange.pathParam("sessionId"),
        exchange.pathParam("commandId"),
        line.getBytes(StandardCharsets.UTF_8),
        false);
    return Answer.empty(204);
  }

  private static String requireOwn(String id) {
    if (id.equals(ENTRYPOINT)) {
      throw new InvalidException(
          "the session id 'entrypoint' is reserved for the image's own command");
    }
    return id;
  }
}
