package dev.paddock.web;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a streamed answer. The status line goes out with the first byte, so that a body that
 * fails before it wrote anything can still become an error answer.
 */
final class BodyOutput extends OutputStream {
  private final ServerResponse response;
  private @Nullable OutputStream out;
  private long written;

  BodyOutput(ServerResponse response) {
    this.response = response;
  }

  boolean started() {
    return out != null;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    try {
      target().write(data, offset, length);
      written += length;
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw new ClientGoneException(e);
    }
  }

  /** Ends the body; one that is shorter than announced cuts the connection. */
  void finish(OptionalLong announced) throws IOException {
    if (announced.isPresent() && announced.getAsLong() != written) {
      throw new IOException("The body has " + written + " bytes of " + announced.getAsLong());
    }
    try {
      target().close();
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw new ClientGoneException(e);
    }
  }

  private OutputStream target() {
    OutputStream target = out;
    if (target == null) {
      target = response.outputStream();
      out = target;
    }
    return target;
  }
}
