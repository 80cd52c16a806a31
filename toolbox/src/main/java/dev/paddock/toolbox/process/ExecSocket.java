package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.toolbox.SandboxSocket;
import dev.paddock.web.Message;
import dev.paddock.web.WebSocketConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One command over one WebSocket; docs/streaming-exec.md describes the conversation. */
final class ExecSocket implements SandboxSocket {
  private static final int NORMAL = 1000;
  private static final int CLIENT_MISTAKE = 1008;
  private static final int SERVER_ERROR = 1011;
  private static final int START_SECONDS = 10;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("toolbox-exec-start").factory());

  @Override
  public void open(AgentClient agent, WebSocketConnection connection) throws Exception {
    try {
      Optional<ExecFrame.Start> start = receiveStart(connection);
      if (start.isPresent()) {
        try (Execution execution = ExecStart.start(agent, start.get())) {
          converse(execution, connection);
        }
      }
    } catch (PaddockException failure) {
      fail(connection, failure);
    }
  }

  private Optional<ExecFrame.Start> receiveStart(WebSocketConnection connection)
      throws InterruptedException {
    Future<?> impatience =
        clock.schedule(
            () -> connection.close(CLIENT_MISTAKE, "no start frame arrived within 10 seconds"),
            START_SECONDS,
            TimeUnit.SECONDS);
    Optional<Message> first = connection.receive();
    impatience.cancel(false);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    if (first.get() instanceof Message.Text(String text)
        && ExecFrame.parse(text) instanceof ExecFrame.Start start) {
      return Optional.of(start);
    }
    throw new InvalidException("the first frame must be start");
  }

  private static void converse(Execution execution, WebSocketConnection connection)
      throws IOException {
    connection.sendText(new ExecFrame.Started(execution.pid()).text());
    connection.onEnd(execution::close);
    Thread.ofVirtual().name("exec-input").start(new ExecInput(execution, connection));
    while (true) {
      switch (execution.next()) {
        case OutputEvent.Stdout(byte[] data) ->
            connection.sendBinary(ExecInput.frame(ExecInput.STDOUT, data));
        case OutputEvent.Stderr(byte[] data) ->
            connection.sendBinary(ExecInput.frame(ExecInput.STDERR, data));
        case OutputEvent.Exited end -> {
          var exit = new ExecFrame.Exit(end.code(), end.signal(), end.timedOut());
          connection.sendText(exit.text());
          connection.close(NORMAL, "");
          return;
        }
      }
    }
  }

  /** Tells the client, unless the failure is that it went away. */
  static void fail(WebSocketConnection connection, PaddockException failure) throws IOException {
    if (connection.isOpen()) {
      boolean ours = failure instanceof UnavailableException;
      int status = ours ? 503 : 400;
      connection.sendText(new ExecFrame.Failure(status, failure.getMessage()).text());
      connection.close(ours ? SERVER_ERROR : CLIENT_MISTAKE, failure.getMessage());
    }
  }
}
