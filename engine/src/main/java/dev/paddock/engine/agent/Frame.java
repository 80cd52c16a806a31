package dev.paddock.engine.agent;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Parser;
import java.io.IOException;
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

  /** The payload as a message. */
  <T> T message(Descriptor type, Parser<T> parser) {
    try {
      MessageCount.check(bytes, length, type);
      CodedInputStream input = CodedInputStream.newInstance(bytes, 0, length);
      return parser.parseFrom(input);
    } catch (IOException e) {
      throw new ProtocolViolation("a message that cannot be read");
    }
  }
}
