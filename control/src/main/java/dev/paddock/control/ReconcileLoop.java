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

  private final Reconciler reconciler;
  private final Duration every;
  private final Semaphore wakeUps = new Semaphore(1);
  private final Thread thread;

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
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean woken = wakeUps.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("Reconciling, {}", woken ? "woken" : "regularly");
        wakeUps.drainPermits();
        pass();
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
