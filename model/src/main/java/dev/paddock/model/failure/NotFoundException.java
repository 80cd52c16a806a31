package dev.paddock.model.failure;

/** Nothing by that name or id exists for this caller. */
public final class NotFoundException extends PaddockException {
  public NotFoundException(String message) {
    super(message, null);
  }

  public NotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
