package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Waits for any of many processes to end. */
public final class Epoll implements AutoCloseable {
  private static final int CLOEXEC = 0x80000;
  private static final int ADD = 1;
  private static final int READABLE_ONCE = 1 | (1 << 30);
  private static final int BATCH = 64;

  /** struct epoll_event is packed on x86-64 only. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int EVENT_SIZE = PACKED ? 12 : 16;
  private static final int DATA_OFFSET = PACKED ? 4 : 8;

  private static final NativeFunction CREATE = NativeFunction.of("epoll_create1", JAVA_INT);
  private static final NativeFunction CONTROL =
      NativeFunction.of("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final NativeFunction WAIT =
      NativeFunction.of("epoll_wait", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

  private final Fd fd;

  private Epoll(Fd fd) {
    this.fd = fd;
  }

  public static Epoll create() throws ErrnoException {
    return new Epoll(new Fd(CREATE.call(CLOEXEC)));
  }

  /**
   * Reports {@code key} once when the process ends; closing the process's descriptor forgets it.
   */
  public void watch(PidFd process, long key) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_SIZE, 8);
      event.set(JAVA_INT, 0, READABLE_ONCE);
      event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, key);
      CONTROL.call(fd.number(), ADD, process.number(), event);
    }
  }

  /**
   * Blocks until a watched process ends or the time is over.
   *
   * @return the keys of those that ended
   */
  public List<Long> await(int timeoutMillis) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate((long) BATCH * EVENT_SIZE, 8);
      List<Long> keys = new ArrayList<>();
      long count = WAIT.call(fd.number(), events, BATCH, timeoutMillis);
      for (long i = 0; i < count; i++) {
        keys.add(events.get(JAVA_LONG_UNALIGNED, i * EVENT_SIZE + DATA_OFFSET));
      }
      return keys;
    } catch (ErrnoException e) {
      if (e.errno() == Errno.EINTR) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
