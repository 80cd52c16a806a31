package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.web.WebSocketConnection;
import java.io.IOException;

/** Sends a log over a WebSocket, in binary frames, and closes with 1000 at its end. */
final class LogFollow {
  private static final int NORMAL = 1000;
  private static final int SERVER_ERROR = 1011;

  private final WebSocketConnection connection;
  private final LogShape shape;
  private final CharacterAligner aligner = new CharacterAligner();

  LogFollow(WebSocketConnection connection, LogShape shape) {
    this.connection = connection;
    this.shape = shape;
  }

  void run(CommandLog log, boolean follow) throws IOException {
    try (LogReader reader = new LogReader(log, follow)) {
      connection.onEnd(reader::close);
      Thread.ofVirtual().name("log-input").start(this::ignoreInput);
      boolean ended = false;
      while (!ended) {
        ended = send(reader.next());
      }
      connection.close(NORMAL, "");
    } catch (UnavailableException failure) {
      if (connection.isOpen()) {
        connection.close(SERVER_ERROR, failure.getMessage());
      }
    }
  }

  /** What the client sends means nothing here, but has to be taken for its close to be seen. */
  private void ignoreInput() {
    try {
      boolean open = true;
      while (open) {
        open = connection.receive().isPresent();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(OutputEvent event) throws IOException {
    for (OutputEvent aligned : aligner.align(event)) {
      byte[] bytes = LogEncoder.encode(shape, aligned);
      if (bytes.length > 0) {
        connection.sendBinary(bytes);
      }
    }
    return event instanceof OutputEvent.Exited;
  }
}
