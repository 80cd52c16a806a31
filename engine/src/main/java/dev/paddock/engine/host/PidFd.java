package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** A process held by a descriptor, so that a number used again never means another process. */
public final class PidFd implements AutoCloseable {
  public static final int SIGKILL = 9;

  private static final short POLLIN = 1;

  private static final NativeFunction PIDFD_OPEN = NativeFunction.systemCall("pidfd_open", 434, 2);
  private static final NativeFunction SEND_SIGNAL =
      NativeFunction.systemCall("pidfd_send_signal", 424, 4);
  private static final NativeFunction POLL =
      NativeFunction.of("poll", ADDRESS, JAVA_LONG, JAVA_INT);

  private final Fd fd;

  private PidFd(Fd fd) {
    this.fd = fd;
  }

  /**
   * Holds a process that exists now.
   *
   * @throws ErrnoException with ESRCH when there is none
   */
  public static PidFd open(long pid) throws ErrnoException {
    return new PidFd(new Fd(PIDFD_OPEN.call(pid, 0L)));
  }

  /** Takes over a descriptor that another process has sent. */
  public static PidFd of(Fd received) {
    return new PidFd(received);
  }

  /** Sends a signal; a process that has ended is fine. */
  public void signal(int signal) throws ErrnoException {
    try {
      SEND_SIGNAL.call((long) fd.number(), (long) signal, 0L, 0L);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ESRCH) {
        throw e;
      }
    }
  }

  /**
   * Blocks the calling platform or virtual thread, with its carrier, until the process has ended.
   *
   * @return false when it still runs after {@code timeout}
   */
  public boolean awaitExit(Duration timeout) throws ErrnoException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry = arena.allocate(8, 4);
      entry.set(JAVA_INT, 0, fd.number());
      entry.set(JAVA_SHORT, 4, POLLIN);
      while (true) {
        long left = Math.max(0, deadline - System.nanoTime());
        try {
          int millis = (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
          return POLL.call(entry, 1L, millis) == 1;
        } catch (ErrnoException e) {
          if (e.errno() != Errno.EINTR) {
            throw e;
          }
        }
      }
    }
  }

  /** The descriptor, which stays this object's. */
  public Fd descriptor() {
    return fd;
  }

  int number() {
    return fd.number();
  }

  @Override
  public void close() {
    fd.close();
  }
}
