package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Asks the kernel who has locked a file. Nothing is locked for that, so nobody is in the way. */
public final class FileLockOwner {
  private static final int GET_LOCK = 5;
  private static final short WRITE_LOCK = 1;
  private static final short UNLOCKED = 2;

  /** The C library's {@code struct flock}, whose zeroes mean the whole file. */
  private static final long SIZE = 32;

  private static final long TYPE = 0;
  private static final long PID = 24;

  private static final NativeFunction FCNTL =
      NativeFunction.variadic("fcntl", 2, JAVA_INT, JAVA_INT, ADDRESS);

  private FileLockOwner() {}

  /**
   * The id of another process that holds a lock on the file, such as that of a {@link
   * java.nio.channels.FileChannel}; empty when none does. Must not be asked by the owner itself,
   * whose lock would end with it.
   *
   * @throws ErrnoException when the file cannot be opened
   */
  public static OptionalLong find(Path file) throws ErrnoException {
    try (Fd fd = Fd.open(file, Fd.READ_ONLY);
        Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(SIZE, Long.BYTES);
      lock.set(JAVA_SHORT, TYPE, WRITE_LOCK);
      FCNTL.call(fd.number(), GET_LOCK, lock);
      return lock.get(JAVA_SHORT, TYPE) == UNLOCKED
          ? OptionalLong.empty()
          : OptionalLong.of(lock.get(JAVA_INT, PID));
    }
  }
}
