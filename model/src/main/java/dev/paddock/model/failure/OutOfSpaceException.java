package dev.paddock.model.failure;

/** The disk that the sandbox or the host may use is full. */
public final class OutOfSpaceException extends PaddockException {
  public OutOfSpaceException(String message) {
    super(message, null);
  }

  public OutOfSpaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
