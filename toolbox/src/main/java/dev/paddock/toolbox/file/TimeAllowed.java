package dev.paddock.toolbox.file;

import dev.paddock.model.failure.TimedOutException;
import java.time.Duration;

/** How long a request may be worked on: until its time is over or its client has left. */
final class TimeAllowed {
  private final long start = System.nanoTime();
  private final Duration limit;
  private volatile boolean clientLeft;

  TimeAllowed(Duration limit) {
    this.limit = limit;
  }

  /** From any thread. */
  void clientLeft() {
    clientLeft = true;
  }

  /** How much there is yet; negative when it is over. */
  Duration left() {
    return limit.minusNanos(System.nanoTime() - start);
  }

  boolean isOver() {
    return clientLeft || !left().isPositive();
  }

  /**
   * Goes on only while there is time.
   *
   * @throws TimedOutException when it is over
   */
  void check() {
    if (isOver()) {
      throw new TimedOutException("there is no time left");
    }
  }
}
