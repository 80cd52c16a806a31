package dev.paddock.toolbox.multipart;

/** The body ended before its closing boundary. */
public final class CutOffException extends MultipartFormatException {
  CutOffException() {
    super("the multipart body ended before its closing boundary");
  }
}
