package dev.paddock.model.failure;

/** The caller is known and may not do this. */
public final class ForbiddenException extends PaddockException {
  public ForbiddenException(String message) {
    super(message, null);
  }

  public ForbiddenException(String message, Throwable cause) {
    super(message, cause);
  }
}
