package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A datagram socket to the kernel's routing subsystem of the network namespace it was opened in.
 */
public final class NetlinkSocket implements AutoCloseable {
  private static final int NETLINK = 16;
  private static final int RAW_CLOEXEC = 3 | 0x80000;
  private static final int ROUTE = 0;
  private static final int LARGEST_REPLY = 64 * 1024;

  private static final NativeFunction SOCKET =
      NativeFunction.of("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final NativeFunction SEND =
      NativeFunction.sized("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final NativeFunction RECEIVE =
      NativeFunction.sized("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  private final Fd fd;

  private NetlinkSocket(Fd fd) {
    this.fd = fd;
  }

  public static NetlinkSocket open() throws ErrnoException {
    return new NetlinkSocket(new Fd(SOCKET.call(NETLINK, RAW_CLOEXEC, ROUTE)));
  }

  /** Sends one request. The kernel works it off before this returns. */
  public void send(byte[] request) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      SEND.call(fd.number(), arena.allocateFrom(JAVA_BYTE, request), (long) request.length, 0);
    }
  }

  /** The next datagram of the kernel's reply. */
  public byte[] receive() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LARGEST_REPLY, 8);
      long length = RECEIVE.call(fd.number(), buffer, (long) LARGEST_REPLY, 0);
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
