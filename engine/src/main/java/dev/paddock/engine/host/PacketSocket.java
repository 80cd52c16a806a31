package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of a UNIX socket that keeps messages whole and takes descriptors beside them. Several
 * threads may send at once; one receives.
 */
public final class PacketSocket implements AutoCloseable {
  /** Largest message in bytes. */
  public static final int LARGEST = 64 * 1024;

  private static final int UNIX = 1;
  private static final int SEQUENCED_CLOEXEC = 5 | 0x80000;
  private static final int SOCKET_LEVEL = 1;
  private static final int RIGHTS = 1;
  private static final int NO_SIGNAL = 0x4000;
  private static final int CLOSE_ON_EXEC = 0x40000000;
  private static final int BOTH_WAYS = 2;

  private static final int HEADER_SIZE = 56;
  private static final int CONTROL_HEADER_SIZE = 16;
  private static final int CONTROL_SIZE = 64;
  private static final int MOST_DESCRIPTORS = 4;

  private static final NativeFunction PAIR =
      NativeFunction.of("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final NativeFunction SEND =
      NativeFunction.sized("sendmsg", JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeFunction RECEIVE =
      NativeFunction.sized("recvmsg", JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeFunction SHUTDOWN = NativeFunction.of("shutdown", JAVA_INT, JAVA_INT);

  private final Fd fd;

  private PacketSocket(Fd fd) {
    this.fd = fd;
  }

  /**
   * A connected pair.
   *
   * @param ours the end that stays
   * @param theirs the end for another process
   */
  public record Pair(PacketSocket ours, Fd theirs) {}

  /**
   * A message that was received.
   *
   * @param bytes its content; empty when the other side is gone
   * @param descriptors what came with it, to be closed by the receiver
   */
  public record Packet(ByteBuffer bytes, List<Fd> descriptors) {}

  /** Makes a connected pair. */
  public static Pair pair() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      PAIR.call(UNIX, SEQUENCED_CLOEXEC, 0, both);
      return new Pair(
          new PacketSocket(new Fd(both.getAtIndex(JAVA_INT, 0))),
          new Fd(both.getAtIndex(JAVA_INT, 1)));
    }
  }

  /**
   * Sends a message; blocks while the other side is far behind.
   *
   * @param descriptors at most four; they stay open here
   */
  public void send(byte[] bytes, Fd... descriptors) throws ErrnoException {
    if (bytes.length > LARGEST || descriptors.length > MOST_DESCRIPTORS) {
      throw new IllegalArgumentException("A message has at most 64 KiB and four descriptors");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header =
          header(arena, arena.allocateFrom(JAVA_BYTE, bytes), control(arena, descriptors));
      SEND.call(fd.number(), header, NO_SIGNAL);
    }
  }

  private static MemorySegment control(Arena arena, Fd[] descriptors) {
    if (descriptors.length == 0) {
      return MemorySegment.NULL;
    }
    long length = CONTROL_HEADER_SIZE + (long) descriptors.length * Integer.BYTES;
    MemorySegment control = arena.allocate((length + 7) & ~7L, 8);
    control.set(JAVA_LONG, 0, length);
    control.set(JAVA_INT, 8, SOCKET_LEVEL);
    control.set(JAVA_INT, 12, RIGHTS);
    for (int i = 0; i < descriptors.length; i++) {
      control.set(
          JAVA_INT, CONTROL_HEADER_SIZE + (long) i * Integer.BYTES, descriptors[i].number());
    }
    return control;
  }

  /** Waits for the next message on this platform thread. */
  public Packet receive() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LARGEST);
      MemorySegment control = arena.allocate(CONTROL_SIZE, 8);
      MemorySegment header = header(arena, buffer, control);
      long length = receive(header);
      ByteBuffer bytes = ByteBuffer.wrap(buffer.asSlice(0, length).toArray(JAVA_BYTE));
      return new Packet(bytes, descriptors(header, control));
    }
  }

  private long receive(MemorySegment header) throws ErrnoException {
    while (true) {
      try {
        return RECEIVE.call(fd.number(), header, CLOSE_ON_EXEC);
      } catch (ErrnoException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
      }
    }
  }

  private static MemorySegment header(Arena arena, MemorySegment bytes, MemorySegment control) {
    MemorySegment part = arena.allocate(16, 8);
    part.set(ADDRESS, 0, bytes);
    part.set(JAVA_LONG, 8, bytes.byteSize());
    MemorySegment header = arena.allocate(HEADER_SIZE, 8);
    header.set(ADDRESS, 16, part);
    header.set(JAVA_LONG, 24, 1);
    header.set(ADDRESS, 32, control);
    header.set(JAVA_LONG, 40, control.byteSize());
    return header;
  }

  private static List<Fd> descriptors(MemorySegment header, MemorySegment control) {
    List<Fd> found = new ArrayList<>();
    if (header.get(JAVA_LONG, 40) >= CONTROL_HEADER_SIZE && control.get(JAVA_INT, 12) == RIGHTS) {
      long length = control.get(JAVA_LONG, 0);
      for (long at = CONTROL_HEADER_SIZE; at + Integer.BYTES <= length; at += Integer.BYTES) {
        found.add(new Fd(control.get(JAVA_INT, at)));
      }
    }
    return found;
  }

  /** Ends the conversation; a thread that receives here gets an empty message. */
  public void shutDown() throws ErrnoException {
    SHUTDOWN.call(fd.number(), BOTH_WAYS);
  }

  @Override
  public void close() {
    fd.close();
  }
}
