package dev.paddock.engine.agent;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.util.Arrays;

/**
 * One frame. The payload's array may be used again for the next frame of the same connection.
 *
 * @param bytes holds the payload in its first {@code length} bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(FrameKind kind, byte[] bytes, int length) {
  /** The longest payload, by the protocol. */
  static final int MAX_PAYLOAD = 1 << 20;

  static final int HEADER = 5;

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  <T> T message(Parser<T> parser) {
    try {
      return parser.parseFrom(CodedInputStream.newInstance(bytes, 0, length));
    } catch (InvalidProtocolBufferException e) {
      throw new ProtocolViolation("a message that cannot be read");
    }
  }
}
