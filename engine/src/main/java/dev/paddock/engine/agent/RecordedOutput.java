package dev.paddock.engine.agent;

import java.time.Duration;

/** The recorded output of a background process or of a session's command. */
public final class RecordedOutput implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final AgentConnection connection;
  private final OutputFrames output;
  private final boolean followed;

  RecordedOutput(AgentConnection connection, boolean followed) {
    this.connection = connection;
    this.followed = followed;
    this.output = new OutputFrames(connection);
  }

  /** Blocks for the next event, for hours where it is followed and silent. */
  public OutputEvent next() {
    return followed ? output.next() : output.nextWithin(IDLE);
  }

  @Override
  public void close() {
    connection.close();
  }
}
