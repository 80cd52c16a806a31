package dev.paddock.model.failure;

/** The thing existed and has ended. */
public final class GoneException extends PaddockException {
  public GoneException(String message) {
    super(message, null);
  }

  public GoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
