package dev.paddock.engine.network;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One request to the kernel's routing socket, built front to back. */
final class NetlinkMessage {
  static final int REQUEST = 1;
  static final int ACKNOWLEDGE = 4;
  static final int CREATE_EXCLUSIVE = 0x600;
  static final int HEADER = 16;

  private static final int CAPACITY = 512;
  private static final int ALIGNMENT = 4;

  private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

  NetlinkMessage(int type, int flags) {
    bytes.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags)).putInt(0).putInt(0);
  }

  /** {@code struct ifinfomsg}. */
  NetlinkMessage link(int index, int flags, int changedFlags) {
    bytes.put((byte) 0).put((byte) 0).putShort((short) 0).putInt(index);
    bytes.putInt(flags).putInt(changedFlags);
    return this;
  }

  /** {@code struct ifaddrmsg} for one IPv4 address without a network around it. */
  NetlinkMessage singleAddress(int linkIndex) {
    bytes.put((byte) 2).put((byte) 32).put((byte) 0).put((byte) 0).putInt(linkIndex);
    return this;
  }

  /** {@code struct rtmsg} for a unicast IPv4 route in the main table. */
  NetlinkMessage route(int prefix, int scope) {
    int mainTable = 254;
    int staticRoute = 4;
    int unicast = 1;
    bytes.put((byte) 2).put((byte) prefix).put((byte) 0).put((byte) 0);
    bytes.put((byte) mainTable).put((byte) staticRoute).put((byte) scope).put((byte) unicast);
    bytes.putInt(0);
    return this;
  }

  NetlinkMessage flagsOfRoute(int flags) {
    bytes.putInt(bytes.position() - 4, flags);
    return this;
  }

  NetlinkMessage attribute(int type, int value) {
    return attribute(
        type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  NetlinkMessage attribute(int type, Inet4Address value) {
    return attribute(type, value.getAddress());
  }

  NetlinkMessage attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  private NetlinkMessage attribute(int type, byte[] value) {
    bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    align();
    return this;
  }

  /** Opens an attribute that holds others; to be closed with {@link #end}. */
  int begin(int type) {
    int start = bytes.position();
    bytes.putShort((short) 0).putShort((short) type);
    return start;
  }

  void end(int start) {
    bytes.putShort(start, (short) (bytes.position() - start));
  }

  private void align() {
    while (bytes.position() % ALIGNMENT != 0) {
      bytes.put((byte) 0);
    }
  }

  byte[] finish(int sequence) {
    bytes.putInt(0, bytes.position()).putInt(8, sequence);
    byte[] result = new byte[bytes.position()];
    bytes.get(0, result);
    return result;
  }
}
