package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that nobody waits for: the system gives the processors to other threads first.
 */
public final class BackgroundThreads {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);
  private static final NativeFunction SET_PRIORITY =
      NativeFunction.of("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final int PROCESS = 0;
  private static final int CALLER = 0;

  /**
   * A tenth of a processor that others want: such a thread is slow then, and never stands still.
   */
  private static final int NICENESS = 10;

  private BackgroundThreads() {}

  /** Makes daemon threads of this name. */
  public static ThreadFactory named(String name) {
    ThreadFactory plain = Thread.ofPlatform().daemon().name(name).factory();
    return work ->
        plain.newThread(() -> {
          giveWay();
          work.run();
        });
  }

  private static void giveWay() {
    try {
      SET_PRIORITY.call(PROCESS, CALLER, NICENESS);
    } catch (ErrnoException e) {
      LOG.debug("Background work does not give way to other work", e);
    }
  }
}
