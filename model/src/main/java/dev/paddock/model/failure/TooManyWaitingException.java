package dev.paddock.model.failure;

import java.time.Duration;
import java.util.Optional;

/** So many wait for the same already that another one would wait in vain. */
public final class TooManyWaitingException extends PaddockException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  /**
   * @param retryAfter when another try makes sense
   */
  public TooManyWaitingException(String message, Duration retryAfter) {
    super(message, null);
    this.retryAfter = retryAfter;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter);
  }
}
