package dev.paddock.engine.agent;

import java.io.InputStream;
import java.io.OutputStream;

/** A TCP connection to a port inside the sandbox. */
public final class Dialled implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final AgentConnection connection;
  private final InputStream in;
  private final OutputStream out;

  Dialled(AgentConnection connection) {
    this.connection = connection;
    this.in = new DataInput(connection);
    this.out = new DataOutput(connection);
  }

  /** What the port says, until it closes its direction. */
  public InputStream in() {
    return in;
  }

  /** What is said to the port; closing closes this direction alone. */
  public OutputStream out() {
    return out;
  }

  @Override
  public void close() {
    connection.close();
  }

  private static final class DataOutput extends OutputStream {
    private final AgentConnection connection;

    DataOutput(AgentConnection connection) {
      this.connection = connection;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) {
      if (length > 0) {
        connection.send(FrameKind.DATA, data, offset, length);
      }
    }

    @Override
    public void close() {
      connection.send(FrameKind.END, NOTHING, 0, 0);
    }
  }
}
