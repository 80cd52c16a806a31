package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.web.ClientGoneException;
import dev.paddock.web.Json;
import dev.paddock.web.Message;
import dev.paddock.web.WebSocketConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One viewer of a terminal: first the message {@code connected}, then the terminal's bytes in
 * binary frames; whatever the viewer sends is input. The close frame carries the exit code.
 */
final class PtyViewer {
  private static final int NORMAL = 1000;
  private static final int SERVER_ERROR = 1011;
  private static final int MESSAGE_TOO_BIG = 1009;
  private static final int MAX_INPUT = 64 * 1024;
  private static final int LONGEST_REASON = 123;

  /** What a viewer sees of the output before it came: enough for a full screen. */
  private static final int HISTORY = 64 * 1024;

  /** How long what a viewer typed may take to arrive after he went. */
  private static final Duration LAST_INPUT = Duration.ofSeconds(5);

  private final WebSocketConnection connection;

  PtyViewer(WebSocketConnection connection) {
    this.connection = connection;
  }

  void view(Supplier<String> terminal, AgentClient agent) throws IOException {
    try (Execution attached = agent.attachTerminal(terminal.get(), HISTORY)) {
      connection.sendText(Json.text(PtyControl.connected()));
      Thread input = Thread.ofVirtual().name("pty-input").start(() -> passInput(attached));
      connection.onEnd(() -> leave(input, attached));
      try {
        passOutput(attached);
      } catch (ClientGoneException gone) {
        leave(input, attached);
      }
    } catch (PaddockException failure) {
      fail(failure);
    }
  }

  private void passOutput(Execution attached) throws IOException {
    while (true) {
      switch (attached.next()) {
        case OutputEvent.Stdout(byte[] data) -> connection.sendBinary(data);
        case OutputEvent.Stderr(byte[] data) -> connection.sendBinary(data);
        case OutputEvent.Exited end -> {
          close(PtyControl.Exit.of(end));
          return;
        }
      }
    }
  }

  private void passInput(Execution attached) {
    try {
      Optional<Message> message = connection.receive();
      while (message.isPresent()) {
        byte[] input = bytes(message.get());
        if (input.length > MAX_INPUT) {
          connection.close(MESSAGE_TOO_BIG, "a message holds at most 64 KiB of input");
          return;
        }
        attached.writeInput(input);
        message = connection.receive();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (PaddockException ended) {
      // The terminal's end and its reason reach the client by its output.
      attached.close();
    }
  }

  /** A viewer who types and goes has typed. */
  private static void leave(Thread input, Execution attached) {
    try {
      input.join(LAST_INPUT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      attached.close();
    }
  }

  private static byte[] bytes(Message message) {
    return switch (message) {
      case Message.Binary binary -> binary.data();
      case Message.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
    };
  }

  private void close(PtyControl.Exit exit) throws IOException {
    if (PtyProtocols.wantsExitMessage(connection.handshake())) {
      connection.sendText(Json.text(PtyControl.exited(exit)));
    }
    connection.close(NORMAL, Json.text(exit));
  }

  private void fail(PaddockException failure) throws IOException {
    if (connection.isOpen()) {
      connection.sendText(Json.text(PtyControl.failed(failure.getMessage())));
      connection.close(SERVER_ERROR, reason(failure.getMessage()));
    }
  }

  /** What clients believe last; one that does not fit would be cut and no JSON any more. */
  private static String reason(String message) {
    String json = Json.text(Map.of("error", message));
    return json.getBytes(StandardCharsets.UTF_8).length <= LONGEST_REASON ? json : "";
  }
}
