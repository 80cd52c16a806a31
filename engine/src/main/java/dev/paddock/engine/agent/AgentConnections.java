package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.Request;
import dev.paddock.model.failure.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The connections to one agent. Some whose operation has ended are kept for the next one: a new
 * connection takes a thread of the agent's and several wake-ups, which is more than a short
 * operation itself. Thread-safe.
 */
public final class AgentConnections implements AutoCloseable {
  /** Unused connections that are kept; each holds a thread in the sandbox. */
  private static final int MOST_IDLE = 4;

  private final Path socket;
  private final Deque<AgentConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * @param socket the UNIX socket that the host made for the agent; at most 107 bytes long
   */
  public AgentConnections(Path socket) {
    this.socket = socket;
  }

  /** Sends a request on a connection that is closed after its operation. */
  AgentConnection open(Request.Builder request) {
    AgentConnection connection = AgentConnection.to(socket);
    connection.ask(request);
    return connection;
  }

  /** Sends a request on a connection that may be given back after its operation. */
  AgentConnection openReusable(Request.Builder request) {
    request.setKeepOpen(true);
    AgentConnection kept = idle.pollFirst();
    while (kept != null) {
      try {
        kept.ask(request);
        return kept;
      } catch (UnavailableException e) {
        // The agent has let go of it meanwhile, and has not heard the request.
        kept = idle.pollFirst();
      }
    }
    AgentConnection connection = AgentConnection.to(socket);
    connection.ask(request);
    return connection;
  }

  /** Keeps a connection whose operation ended as it should. */
  void giveBack(AgentConnection connection) {
    if (closed || idle.size() >= MOST_IDLE || !connection.isSilent()) {
      connection.close();
      return;
    }
    connection.rest();
    idle.addFirst(connection);
    if (closed) {
      closeIdle();
    }
  }

  /** Closes the connections that nobody used for a while. */
  public void closeUnusedFor(Duration time) {
    AgentConnection oldest = idle.peekLast();
    while (oldest != null && oldest.restsFor(time)) {
      if (idle.remove(oldest)) {
        oldest.close();
      }
      oldest = idle.peekLast();
    }
  }

  private void closeIdle() {
    AgentConnection connection = idle.poll();
    while (connection != null) {
      connection.close();
      connection = idle.poll();
    }
  }

  /** Closes the unused connections; those in use are closed by their users. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }
}
