package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.util.Objects;

/** The routes under {@code /process/interpreter}. */
public final class InterpreterRoutes implements AutoCloseable {
  private static final String CONTEXTS = "/process/interpreter/context";

  private final Deletions deletions = new Deletions();
  private final InterpreterSocket socket = new InterpreterSocket(deletions);

  /** Adds them. */
  public void addTo(RouteTable table) {
    table.post(
        CONTEXTS,
        operation("CreateInterpreterContext", "Makes a context of variables")
            .reads(CreateContextRequest.class)
            .answers(200, InterpreterContext.class),
        InterpreterRoutes::create);
    table.get(
        CONTEXTS,
        operation("ListInterpreterContexts", "Lists the contexts that were made")
            .answers(200, ListContextsResponse.class),
        (agent, _) -> Answer.ok(list(agent)));
    table.delete(
        CONTEXTS + "/{id}",
        operation("DeleteInterpreterContext", "Ends a context and all that runs in it")
            .answers(200, DeleteContextResponse.class),
        this::delete);
    table.socket("/process/interpreter/execute", socket);
  }

  private static Operation operation(String id, String summary) {
    return Operation.of(id, "interpreter", summary);
  }

  private static Answer create(AgentClient agent, Exchange exchange) {
    CreateContextRequest request = exchange.json(CreateContextRequest.class);
    String language = Objects.requireNonNullElse(request.language(), "");
    if (!language.isEmpty() && !language.equals(Contexts.LANGUAGE)) {
      throw new InvalidException("language must be python");
    }
    String cwd = Objects.requireNonNullElse(request.cwd(), "");
    String checked = cwd.isEmpty() ? cwd : SandboxPath.require(cwd);
    return Answer.ok(InterpreterContext.of(new Contexts(agent).create(checked)));
  }

  private static ListContextsResponse list(AgentClient agent) {
    return new ListContextsResponse(
        new Contexts(agent).list().stream().map(InterpreterContext::of).toList());
  }

  private Answer delete(AgentClient agent, Exchange exchange) {
    deletions.delete(
        new Turns.Context(exchange.pathParam("sandboxId"), exchange.pathParam("id")),
        new Contexts(agent));
    return Answer.ok(new DeleteContextResponse("the context is deleted"));
  }

  /** Ends the watch over runs; the contexts go on. */
  @Override
  public void close() {
    socket.close();
  }
}
