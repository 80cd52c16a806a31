package dev.paddock.toolbox.session;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Splits a marked log into its streams, as clients do. */
final class ClientDemultiplexer {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  ClientDemultiplexer(byte[] log) {
    ByteArrayOutputStream current = new ByteArrayOutputStream();
    int position = 0;
    while (position < log.length) {
      if (isMarker(log, position, 1)) {
        current = stdout;
        position += 3;
      } else if (isMarker(log, position, 2)) {
        current = stderr;
        position += 3;
      } else {
        current.write(log[position++]);
      }
    }
  }

  private static boolean isMarker(byte[] log, int position, int mark) {
    byte[] marker = {(byte) mark, (byte) mark, (byte) mark};
    return position + 3 <= log.length && Arrays.equals(log, position, position + 3, marker, 0, 3);
  }

  byte[] stdout() {
    return stdout.toByteArray();
  }

  byte[] stderr() {
    return stderr.toByteArray();
  }
}
