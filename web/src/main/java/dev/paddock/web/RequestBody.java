package dev.paddock.web;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request's body; knows whether its end was seen, and how to tell a client that went away. */
final class RequestBody extends InputStream {
  private final Supplier<InputStream> opener;
  private @Nullable InputStream source;
  private boolean ended;

  /**
   * @param opener called at the first read, because that tells a client that waits for it to go on
   */
  RequestBody(Supplier<InputStream> opener) {
    this.opener = opener;
  }

  /** Whether the body was read to its end. */
  boolean ended() {
    return ended;
  }

  /** Whether anybody began to read it. */
  boolean opened() {
    return source != null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    try {
      int count = source().read(target, offset, length);
      ended = count < 0;
      return count;
    } catch (DataReader.InsufficientDataAvailableException
        | CloseConnectionException
        | RequestException
        | UncheckedIOException e) {
      throw new ClientGoneException(e);
    } catch (IllegalStateException e) {
      throw unwrapped(e);
    }
  }

  private InputStream source() {
    InputStream stream = source;
    if (stream == null) {
      stream = opener.get();
      source = stream;
    }
    return stream;
  }

  private static IOException unwrapped(IllegalStateException failure) {
    @Nullable Throwable cause = failure.getCause();
    return new ClientGoneException(cause == null ? failure : cause);
  }
}
