package dev.paddock.model.failure;

/** The request itself is wrong, or asks for something that cannot be made. */
public final class InvalidException extends PaddockException {
  public InvalidException(String message) {
    super(message, null);
  }

  public InvalidException(String message, Throwable cause) {
    super(message, cause);
  }
}
