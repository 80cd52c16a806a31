package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes listening UNIX stream sockets that can be handed to another process. */
public final class UnixListener {
  /** Longest path of a socket in bytes, without the closing zero. */
  public static final int MAX_PATH = 107;

  /** Connections that may wait for an agent. */
  public static final int BACKLOG = 256;

  private static final int UNIX = 1;
  private static final int STREAM_CLOEXEC = 1 | 0x80000;
  private static final int ADDRESS_SIZE = 110;

  private static final NativeFunction SOCKET =
      NativeFunction.of("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final NativeFunction BIND = NativeFunction.of("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeFunction LISTEN = NativeFunction.of("listen", JAVA_INT, JAVA_INT);

  private UnixListener() {}

  /**
   * A socket that only root may connect to and that listens at {@code path}, where nothing may
   * exist yet.
   *
   * @param backlog connections that wait before they are accepted
   */
  public static Fd listen(Path path, int backlog) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_PATH) {
      throw new IllegalArgumentException("The run directory's path is too long for a socket");
    }
    Fd socket = new Fd(SOCKET.call(UNIX, STREAM_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_SIZE, 2);
      address.set(JAVA_SHORT, 0, (short) UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
      BIND.call(socket.number(), address, ADDRESS_SIZE);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      LISTEN.call(socket.number(), backlog);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
