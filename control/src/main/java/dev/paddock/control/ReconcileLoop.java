package dev.paddock.control;

import dev.paddock.control.sandbox.Reconciler;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the reconciler: at once, regularly, and soon after it was woken; one pass at a time. */
final class ReconcileLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

  private static final Duration END = Duration.ofSeconds(10);

  private final Reconciler reconciler;
  private final Duration every;
  private final Semaphore wakeUps = new Semaphore(1);
  private final Thread thread;
  private volatile boolean ending;

  ReconcileLoop(Reconciler reconciler, Duration every) {
    this.reconciler = reconciler;
    this.every = every;
    this.thread = Thread.ofVirtual().name("reconciler").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Asks for a pass soon; many calls before it begins ask for one. Never blocks. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  /** Ends after the pass at work. */
  @Override
  public void close() {
    // No interrupt: it would cut the database connection that a pass is using.
    ending = true;
    wake();
    try {
      if (!thread.join(END)) {
        LOG.warn("The reconciler does not end; the next start goes on with its work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!ending) {
        boolean woken = wakeUps.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("Reconciling, {}", woken ? "woken" : "regularly");
        wakeUps.drainPermits();
        if (!ending) {
          pass();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass() {
    try {
      reconciler.pass();
    } catch (RuntimeException e) {
      LOG.warn("Reconciling failed and is tried again", e);
    }
  }
}
