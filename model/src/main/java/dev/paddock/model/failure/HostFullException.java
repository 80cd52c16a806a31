package dev.paddock.model.failure;

import java.time.Duration;
import java.util.Optional;

/** The host has no room or no time for another sandbox, and had none for as long as was waited. */
public final class HostFullException extends PaddockException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  /**
   * @param retryAfter when another try makes sense
   */
  public HostFullException(String message, Duration retryAfter) {
    super(message, null);
    this.retryAfter = retryAfter;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter);
  }
}
