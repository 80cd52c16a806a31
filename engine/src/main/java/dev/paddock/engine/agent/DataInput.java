package dev.paddock.engine.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of DATA frames until END. */
final class DataInput extends InputStream {
  private final AgentConnection connection;
  private final @Nullable Duration idle;
  private long left;
  private @Nullable Frame frame;
  private int position;
  private boolean ended;

  /** Bytes that come as the other side pleases. */
  DataInput(AgentConnection connection) {
    this(connection, null, Long.MAX_VALUE);
  }

  /**
   * @param idle how long the agent may be silent; null for ever
   * @param most bytes that it may send; more is a breach of the protocol
   */
  DataInput(AgentConnection connection, @Nullable Duration idle, long most) {
    this.connection = connection;
    this.idle = idle;
    this.left = most;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    Frame current = length == 0 ? null : current();
    if (current == null) {
      return length == 0 ? 0 : -1;
    }
    int size = Math.min(length, current.length() - position);
    System.arraycopy(current.bytes(), position, target, offset, size);
    position += size;
    return size;
  }

  /** Hands whole frames on, without another copy. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    long total = 0;
    for (Frame current = current(); current != null; current = current()) {
      int size = current.length() - position;
      out.write(current.bytes(), position, size);
      position += size;
      total += size;
    }
    return total;
  }

  private @Nullable Frame current() {
    Frame current = frame;
    while (!ended && (current == null || position == current.length())) {
      current = idle == null ? connection.requireFrame() : connection.requireFrame(idle);
      position = 0;
      switch (current.kind()) {
        case DATA -> frame = counted(current);
        case END -> ended = true;
        default -> throw AgentErrors.violation(new ProtocolViolation("a frame out of place"));
      }
    }
    return ended ? null : current;
  }

  private Frame counted(Frame data) {
    left -= data.length();
    if (left < 0) {
      throw AgentErrors.violation(new ProtocolViolation("more than it was asked for"));
    }
    return data;
  }
}
