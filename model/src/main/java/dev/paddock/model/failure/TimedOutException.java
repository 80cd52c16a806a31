package dev.paddock.model.failure;

/** The work did not end within its time. */
public final class TimedOutException extends PaddockException {
  public TimedOutException(String message) {
    super(message, null);
  }

  public TimedOutException(String message, Throwable cause) {
    super(message, cause);
  }
}
