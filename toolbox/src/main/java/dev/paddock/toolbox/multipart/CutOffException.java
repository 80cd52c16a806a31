package dev.paddock.toolbox.multipart;

import java.io.IOException;

/** The client went away, or stopped sending, before the closing boundary. */
public final class CutOffException extends IOException {
  CutOffException() {
    super("the multipart body ended before its closing boundary");
  }
}
