package dev.paddock.api.request;

import dev.paddock.web.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A log that is sent as it grows. */
public final class LogAnswer {
  private static final int BUFFER = 8192;

  private LogAnswer() {}

  /** Everything that {@code log} yields, each read at once; closes it. */
  public static Answer of(InputStream log) {
    return Answer.stream(
        200, "text/plain; charset=utf-8", OptionalLong.empty(), out -> copy(log, out));
  }

  private static void copy(InputStream log, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (log) {
      for (int read = log.read(buffer); read >= 0; read = log.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    }
  }
}
