package dev.paddock.toolbox.multipart;

import java.io.IOException;

/** The body is not what its content type says. The message says what is wrong with it. */
public sealed class MultipartFormatException extends IOException permits CutOffException {
  MultipartFormatException(String message) {
    super(message);
  }

  /** What is wrong with the body; never null. */
  @Override
  public final String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
