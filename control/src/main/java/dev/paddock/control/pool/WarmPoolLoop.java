package dev.paddock.control.pool;

import dev.paddock.model.failure.PaddockException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the filler: soon after it was woken and every few seconds, until there is nothing to do. */
final class WarmPoolLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmPoolLoop.class);
  private static final long EVERY_MILLIS = 5_000;
  private static final Duration END = Duration.ofSeconds(10);

  private final WarmPoolFiller filler;
  private final ConfiguredPools configured;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("warm-pools").unstarted(this::run);
  private volatile boolean ending;
  private volatile boolean blocked = true;

  WarmPoolLoop(WarmPoolFiller filler, ConfiguredPools configured) {
    this.filler = filler;
    this.configured = configured;
  }

  void start() {
    thread.start();
  }

  /** Asks for a look soon. Never blocks. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  /** The same if something is to be done that could not be done before. */
  void retry() {
    if (blocked) {
      wake();
    }
  }

  /** Ends after the step at work. */
  @Override
  public void close() {
    // No interrupt: it would cut the database connection that a step is using.
    ending = true;
    wake();
    try {
      if (!thread.join(END)) {
        LOG.warn("The filling of warm pools does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!ending) {
        WarmPoolFiller.Outcome outcome = step();
        while (!ending && outcome == WarmPoolFiller.Outcome.DONE) {
          outcome = step();
        }
        boolean soon = outcome == WarmPoolFiller.Outcome.LATER;
        long wait = soon ? WarmPoolFiller.QUIET.toMillis() : EVERY_MILLIS;
        boolean woken = wakeUps.tryAcquire(wait, TimeUnit.MILLISECONDS);
        LOG.trace("Looking at the warm pools, {}", woken ? "woken" : "regularly");
        wakeUps.drainPermits();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private WarmPoolFiller.Outcome step() {
    // Before the look, lest what becomes possible during it is missed.
    blocked = true;
    try {
      configured.apply();
      WarmPoolFiller.Outcome outcome = filler.step();
      blocked = outcome == WarmPoolFiller.Outcome.BLOCKED;
      return outcome;
    } catch (PaddockException e) {
      LOG.debug("The warm pools are looked at again", e);
    } catch (RuntimeException e) {
      LOG.warn("The warm pools could not be looked at and are tried again", e);
    }
    return WarmPoolFiller.Outcome.BLOCKED;
  }
}
