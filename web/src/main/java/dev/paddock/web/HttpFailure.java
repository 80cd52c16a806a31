package dev.paddock.web;

/** A failure that only HTTP knows, with its status. */
final class HttpFailure extends RuntimeException {
  private final int status;

  HttpFailure(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
