package dev.paddock.engine.agent;

/** The recorded output of a background process or of a session's command. */
public final class RecordedOutput implements AutoCloseable {
  private final AgentConnection connection;
  private final OutputFrames output;

  RecordedOutput(AgentConnection connection) {
    this.connection = connection;
    this.output = new OutputFrames(connection);
  }

  /** Blocks for the next event, for hours where it is followed and silent. */
  public OutputEvent next() {
    return output.next();
  }

  @Override
  public void close() {
    connection.close();
  }
}
