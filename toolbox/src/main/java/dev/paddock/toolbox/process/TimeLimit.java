package dev.paddock.toolbox.process;

import dev.paddock.model.failure.InvalidException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a command may run, as a request brings it. */
final class TimeLimit {
  private TimeLimit() {}

  /**
   * The limit; zero is none.
   *
   * @throws InvalidException when it is negative
   */
  static Duration require(@Nullable Integer seconds) {
    if (seconds == null) {
      return Duration.ZERO;
    }
    if (seconds < 0) {
      throw new InvalidException("timeout must be 0 or more seconds");
    }
    return Duration.ofSeconds(seconds);
  }
}
