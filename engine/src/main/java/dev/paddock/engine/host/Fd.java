package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor of this process that children do not inherit. */
public final class Fd implements AutoCloseable {
  /** Flag of {@link #open}: read only, closed on exec. */
  public static final int READ_ONLY = 0x80000;

  /** Flag of {@link #open}: read and write, closed on exec. */
  public static final int READ_WRITE = 0x80002;

  private static final NativeFunction CLOSE = NativeFunction.of("close", JAVA_INT);
  private static final NativeFunction OPEN =
      NativeFunction.variadic("open", 2, ADDRESS, JAVA_INT, JAVA_INT);

  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  Fd(long number) {
    this.number = (int) number;
  }

  /** Opens an existing file. */
  public static Fd open(Path path, int flags) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      return new Fd(OPEN.call(arena.allocateFrom(path.toString()), flags, 0));
    }
  }

  /** The number of the descriptor; meaningless once closed. */
  public int number() {
    return number;
  }

  /** A path by which this process reaches what the descriptor stands for. */
  public String selfPath() {
    return "/proc/self/fd/" + number;
  }

  /** A path by which a child of this process reaches what the descriptor stands for. */
  public String pathForOthers() {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + number;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        CLOSE.call(number);
      } catch (ErrnoException e) {
        throw new IllegalStateException("A descriptor was closed behind its owner's back", e);
      }
    }
  }
}
