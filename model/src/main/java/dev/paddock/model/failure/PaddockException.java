package dev.paddock.model.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that was foreseen. Its message is written for the person at the other end: it says what
 * was tried, why it failed and what to do, and never holds a host path or a secret. Only the HTTP
 * layer turns these into status codes.
 */
public abstract sealed class PaddockException extends RuntimeException
    permits ConflictException,
        ForbiddenException,
        GoneException,
        HostFullException,
        InvalidException,
        NotFoundException,
        OutOfSpaceException,
        TimedOutException,
        TooManyWaitingException,
        UnauthorizedException,
        UnavailableException {
  protected PaddockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** When another try makes sense, for failures that pass by themselves. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** The message; never null for this family. */
  @Override
  public final String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
