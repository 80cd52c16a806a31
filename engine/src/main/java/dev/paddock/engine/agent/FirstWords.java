package dev.paddock.engine.agent;

import java.time.Duration;

/**
 * The first words with the agent of a sandbox that starts: what it has to know. They may be said
 * before the sandbox has its files, and are answered once it has.
 */
public final class FirstWords implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final AgentConnections connections;
  private final AgentConnection connection;
  private boolean answered;

  private FirstWords(AgentConnections connections, AgentConnection connection) {
    this.connections = connections;
    this.connection = connection;
  }

  /** Says them, and does not wait for the answer. */
  public static FirstWords say(AgentConnections connections, AgentConfiguration configuration) {
    return new FirstWords(connections, connections.openReusable(Requests.configure(configuration)));
  }

  /**
   * Waits for the answer, up to a minute.
   *
   * @throws dev.paddock.model.failure.PaddockException what the agent says is wrong, or that it
   *     does not answer
   */
  public void await() {
    connection.response(ANSWER);
    answered = true;
  }

  /** Keeps the connection for other operations, unless nothing was answered on it. */
  @Override
  public void close() {
    if (answered) {
      connections.giveBack(connection);
    } else {
      connection.close();
    }
  }
}
