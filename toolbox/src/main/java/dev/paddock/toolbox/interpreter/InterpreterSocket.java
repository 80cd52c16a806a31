package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.ProcessInfo;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.toolbox.SandboxSocket;
import dev.paddock.web.Message;
import dev.paddock.web.WebSocketConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One piece of code over one WebSocket. */
final class InterpreterSocket implements SandboxSocket, AutoCloseable {
  private static final int CLIENT_MISTAKE = 1008;
  private static final int SERVER_ERROR = 1011;
  private static final int REQUEST_SECONDS = 10;

  private final Instant started = Instant.now();
  private final Deletions deletions;
  private final Turns turns = new Turns();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("toolbox-interpreter").factory());

  InterpreterSocket(Deletions deletions) {
    this.deletions = deletions;
    clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void open(AgentClient agent, WebSocketConnection connection) throws Exception {
    try {
      Optional<Message> first = receiveFirst(connection);
      if (first.isPresent()) {
        run(agent, connection, RunRequest.parse(first.get()));
      }
    } catch (PaddockException failure) {
      int code = failure instanceof UnavailableException ? SERVER_ERROR : CLIENT_MISTAKE;
      connection.close(code, failure.getMessage());
    }
  }

  private Optional<Message> receiveFirst(WebSocketConnection connection)
      throws InterruptedException {
    Future<?> impatience =
        clock.schedule(
            () -> connection.close(CLIENT_MISTAKE, "no code arrived within 10 seconds"),
            REQUEST_SECONDS,
            TimeUnit.SECONDS);
    Optional<Message> first = connection.receive();
    impatience.cancel(false);
    return first;
  }

  private void run(AgentClient agent, WebSocketConnection connection, RunRequest request) {
    Turns.Context context =
        new Turns.Context(connection.handshake().pathParam("sandboxId"), request.context());
    Optional<Turns.Turn> turn = turns.take(context, connection);
    if (turn.isEmpty()) {
      return;
    }
    try (Turns.Turn _ = turn.get()) {
      Contexts contexts = new Contexts(agent);
      ProcessInfo process = contexts.running(request.context());
      try (Run run = new Run(agent, process);
          Interruption interruption = new Interruption(agent, process.id(), run, clock)) {
        run.request(request);
        interruption.requested(process.createdAt().isBefore(started));
        connection.onEnd(() -> interruption.request(Interruption.Reason.CLIENT_GONE));
        RunContext place = new RunContext(context, contexts, deletions);
        new Conversation(connection, place, request, run, interruption).lead();
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
