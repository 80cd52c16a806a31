package dev.paddock.model.failure;

/** The caller gave no valid credentials. */
public final class UnauthorizedException extends PaddockException {
  public UnauthorizedException(String message) {
    super(message, null);
  }

  public UnauthorizedException(String message, Throwable cause) {
    super(message, cause);
  }
}
