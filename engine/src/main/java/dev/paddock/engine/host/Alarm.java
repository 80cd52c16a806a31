package dev.paddock.engine.host;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something when a time is over, unless it is put off before. Most are put off at once, so
 * setting one wakes no thread: a single one looks for those that are due, ten times a second, as
 * long as there are any.
 */
public final class Alarm implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
  private static final long TICK_NANOS = Duration.ofMillis(100).toNanos();

  /** The thread looks on for so many ticks, because the next alarm is seldom far off. */
  private static final int QUIET_TICKS = 20;

  private static final Set<Alarm> SET = ConcurrentHashMap.newKeySet();
  private static final Thread CLOCK =
      Thread.ofPlatform().daemon().name("alarms").start(Alarm::watch);
  private static volatile boolean asleep;

  private final long due;
  private final Runnable action;

  private Alarm(long due, Runnable action) {
    this.due = due;
    this.action = action;
  }

  /**
   * Sets an alarm.
   *
   * @param time kept to a tenth of a second
   * @param action short, and nothing is expected to come out of it: all alarms share one thread
   */
  public static Alarm after(Duration time, Runnable action) {
    Alarm alarm = new Alarm(System.nanoTime() + time.toNanos(), action);
    SET.add(alarm);
    if (asleep) {
      LockSupport.unpark(CLOCK);
    }
    return alarm;
  }

  /** Puts it off; one that is ringing rings on. */
  @Override
  public void close() {
    SET.remove(this);
  }

  private static void watch() {
    int quiet = 0;
    while (true) {
      quiet = SET.isEmpty() ? quiet + 1 : 0;
      if (quiet > QUIET_TICKS) {
        sleepUntilOneIsSet();
        quiet = 0;
      }
      LockSupport.parkNanos(TICK_NANOS);
      ringThose(System.nanoTime());
    }
  }

  /** Says that it sleeps before it looks, so that whoever sets one in between wakes it. */
  private static void sleepUntilOneIsSet() {
    asleep = true;
    while (SET.isEmpty()) {
      LockSupport.park(SET);
    }
    asleep = false;
  }

  private static void ringThose(long now) {
    List<Alarm> due = SET.stream().filter(alarm -> alarm.due - now <= 0).toList();
    for (Alarm alarm : due) {
      if (SET.remove(alarm)) {
        alarm.ring();
      }
    }
  }

  private void ring() {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("What was to happen after a time did not", e);
    }
  }
}
