package dev.paddock.control.pool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What failed lately, and when it may be tried again: later after each failure. */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int DOUBLINGS = 6;

  private final Clock clock;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  private record Failure(int times, Instant retryAt, String reason) {}

  BackOff(Clock clock) {
    this.clock = clock;
  }

  void failed(String what, String reason) {
    failures.compute(
        what,
        (key, before) -> {
          int times = before == null ? 0 : Math.min(before.times() + 1, DOUBLINGS);
          return new Failure(times, clock.instant().plus(FIRST.multipliedBy(1L << times)), reason);
        });
  }

  void succeeded(String what) {
    failures.remove(what);
  }

  boolean mayTry(String what) {
    Failure failure = failures.get(what);
    return failure == null || !clock.instant().isBefore(failure.retryAt());
  }

  /** Why it failed last. */
  Optional<String> reason(String what) {
    return Optional.ofNullable(failures.get(what)).map(Failure::reason);
  }
}
