package dev.paddock.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the directory which sandboxes are in use: at the first request and then every 50 s while
 * one is open.
 */
final class Activity {
  /** How often a sandbox in use is reported. */
  static final Duration PERIOD = Duration.ofSeconds(50);

  private static final Logger LOG = LoggerFactory.getLogger(Activity.class);

  private record Use(int open, long toldAt) {}

  private final Map<String, Use> uses = new ConcurrentHashMap<>();
  private final Consumer<String> touched;
  private final ExecutorService blocking;
  private final LongSupplier nanoTime;

  Activity(Consumer<String> touched, ExecutorService blocking, LongSupplier nanoTime) {
    this.touched = touched;
    this.blocking = blocking;
    this.nanoTime = nanoTime;
  }

  /** A request to the sandbox began. */
  void opened(String sandboxId) {
    long now = nanoTime.getAsLong();
    uses.compute(
        sandboxId,
        (id, use) -> {
          boolean due = use == null || isDue(use, now);
          if (due) {
            tell(id);
          }
          return new Use(use == null ? 1 : use.open() + 1, due || use == null ? now : use.toldAt());
        });
  }

  /** It ended. */
  void closed(String sandboxId) {
    uses.computeIfPresent(sandboxId, (id, use) -> new Use(use.open() - 1, use.toldAt()));
  }

  /** Reports what is still open and forgets what is not; called every few seconds. */
  void sweep() {
    long now = nanoTime.getAsLong();
    for (String sandboxId : uses.keySet()) {
      uses.computeIfPresent(
          sandboxId,
          (id, use) -> {
            if (!isDue(use, now)) {
              return use;
            }
            if (use.open() == 0) {
              return null;
            }
            tell(id);
            return new Use(use.open(), now);
          });
    }
  }

  private static boolean isDue(Use use, long now) {
    return now - use.toldAt() >= PERIOD.toNanos();
  }

  private void tell(String sandboxId) {
    blocking.execute(() -> {
      try {
        touched.accept(sandboxId);
      } catch (RuntimeException e) {
        LOG.warn("Could not note the use of sandbox {}", sandboxId, e);
      }
    });
  }
}
