package dev.paddock.engine.agent;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the messages in an encoded message before it is parsed. An empty message takes two bytes
 * on the wire and a hundred times that in memory, so a small frame could fill the host's.
 */
final class MessageCount {
  /** An honest frame of 1 MiB holds some 25,000 directory entries. */
  private static final int MOST = 40_000;

  private final CodedInputStream input;
  private int count;

  private MessageCount(CodedInputStream input) {
    this.input = input;
  }

  /**
   * Refuses what would take too much memory.
   *
   * @throws IOException when it is no message of that type
   */
  static void check(byte[] bytes, int length, Descriptor type) throws IOException {
    new MessageCount(CodedInputStream.newInstance(bytes, 0, length)).walk(type);
  }

  private void walk(Descriptor type) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean nested =
          WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
              && field != null
              && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (nested) {
        count++;
        if (count > MOST) {
          throw new ProtocolViolation("more than fits into a message");
        }
        int end = input.pushLimit(input.readRawVarint32());
        walk(field.getMessageType());
        input.popLimit(end);
      } else if (!input.skipField(tag)) {
        throw new ProtocolViolation("a message that cannot be read");
      }
    }
  }
}
