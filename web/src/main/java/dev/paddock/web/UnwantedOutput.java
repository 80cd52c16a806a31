package dev.paddock.web;

import java.io.OutputStream;

/** Takes nothing: for a body that is asked for by HEAD. */
final class UnwantedOutput extends OutputStream {
  @Override
  public void write(int b) throws ClientGoneException {
    throw new ClientGoneException(new IllegalStateException("Only the headers are wanted"));
  }
}
