package dev.paddock.control.activity;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Collects when things were used, so that a thousand uses become one write. What was collected
 * since the last flush is lost in a crash.
 *
 * @param <K> what is used
 */
public final class LastUse<K> {
  private final Map<K, Instant> pending = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Consumer<Map<K, Instant>> write;

  /**
   * An empty collection.
   *
   * @param write stores what was collected
   */
  public LastUse(Clock clock, Consumer<Map<K, Instant>> write) {
    this.clock = clock;
    this.write = write;
  }

  /** Notes a use now; never blocks. */
  public void touch(K used) {
    pending.put(used, clock.instant());
  }

  /** Stores what was collected. What cannot be stored is kept for the next time. */
  public void flush() {
    Map<K, Instant> batch = Map.copyOf(pending);
    if (batch.isEmpty()) {
      return;
    }
    write.accept(batch);
    batch.forEach(pending::remove);
  }
}
