package dev.paddock.engine.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** Reads frames from a channel, several small ones with one system call. */
final class FrameReader {
  private static final int BUFFER = 16 * 1024;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private byte[] payload = new byte[0];

  FrameReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * The next frame; valid until the next call.
   *
   * @return empty when the stream ends between two frames
   * @throws EOFException when it ends within one
   * @throws ProtocolViolation when what comes is no frame
   */
  Optional<Frame> next() throws IOException {
    if (!fillHeader()) {
      return Optional.empty();
    }
    FrameKind kind = FrameKind.of(buffer.get());
    int length = buffer.getInt();
    if (length < 0 || length > Frame.MAX_PAYLOAD) {
      throw new ProtocolViolation("a frame that is too long");
    }
    readPayload(length);
    return Optional.of(new Frame(kind, payload, length));
  }

  /** Whether nothing was read beyond the last frame. */
  boolean isEmpty() {
    return !buffer.hasRemaining();
  }

  private boolean fillHeader() throws IOException {
    while (buffer.remaining() < Frame.HEADER) {
      buffer.compact();
      int read = channel.read(buffer);
      buffer.flip();
      if (read < 0) {
        if (buffer.hasRemaining()) {
          throw new EOFException("the stream ended within a frame");
        }
        return false;
      }
    }
    return true;
  }

  private void readPayload(int length) throws IOException {
    if (payload.length < length) {
      payload = new byte[Math.min(Frame.MAX_PAYLOAD, Math.max(BUFFER, 2 * length))];
    }
    int buffered = Math.min(length, buffer.remaining());
    buffer.get(payload, 0, buffered);
    ByteBuffer rest = ByteBuffer.wrap(payload, buffered, length - buffered);
    while (rest.hasRemaining()) {
      if (channel.read(rest) < 0) {
        throw new EOFException("the stream ended within a frame");
      }
    }
  }
}
