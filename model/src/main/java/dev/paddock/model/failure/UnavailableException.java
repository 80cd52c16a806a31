package dev.paddock.model.failure;

/** The part of the system that would do this cannot do it now; trying later may work. */
public final class UnavailableException extends PaddockException {
  public UnavailableException(String message) {
    super(message, null);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
