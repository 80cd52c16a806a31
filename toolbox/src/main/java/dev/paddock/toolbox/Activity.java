package dev.paddock.toolbox;

import dev.paddock.web.Exchange;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a sandbox from being taken for idle while a request to it lasts, unless the client asks for
 * that with {@code X-Daytona-Skip-Last-Activity-Update: true}.
 */
final class Activity implements AutoCloseable {
  private static final long PERIOD_SECONDS = 50;

  private final Sandboxes sandboxes;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("toolbox-activity").factory());

  Activity(Sandboxes sandboxes) {
    this.sandboxes = sandboxes;
    clock.setRemoveOnCancelPolicy(true);
  }

  /** One request's use of its sandbox. */
  @FunctionalInterface
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  Use begin(Exchange exchange, String sandboxId) {
    if (exchange.header("X-Daytona-Skip-Last-Activity-Update").filter("true"::equals).isPresent()) {
      return () -> {};
    }
    sandboxes.touched(sandboxId);
    Future<?> ticks =
        clock.scheduleAtFixedRate(
            () -> sandboxes.touched(sandboxId), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return () -> ticks.cancel(false);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
