package dev.paddock.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Notices when a counter stops. */
final class Still {
  private Still() {}

  /** Releases the latch when the counter has not moved for a second. */
  static void await(AtomicLong counter, CountDownLatch still) {
    long last = -1;
    while (last != counter.get()) {
      last = counter.get();
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
    still.countDown();
  }
}
