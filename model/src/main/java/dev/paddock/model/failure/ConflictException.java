package dev.paddock.model.failure;

/** The request contradicts what is there: a name that is taken, a change in progress. */
public final class ConflictException extends PaddockException {
  public ConflictException(String message) {
    super(message, null);
  }

  public ConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
