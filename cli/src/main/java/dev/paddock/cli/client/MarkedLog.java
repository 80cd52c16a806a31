package dev.paddock.cli.client;

import dev.paddock.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/**
 * Prints a log whose chunks of standard output and standard error have three-byte markers before
 * them. Chunks may be cut anywhere.
 */
final class MarkedLog {
  private static final int MARKER_LENGTH = 3;
  private static final int BLOCK = 64 * 1024;

  private final PrintStream out;
  private final PrintStream err;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private PrintStream current;
  private int markerByte;
  private int markerCount;

  MarkedLog(Console console) {
    this.out = console.out();
    this.err = console.err();
    this.current = out;
  }

  /** Prints all of a log. */
  void print(InputStream log) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int count = log.read(block); count >= 0; count = log.read(block)) {
      print(ByteBuffer.wrap(block, 0, count));
    }
    end();
  }

  /** Prints the next bytes of a log. */
  void print(ByteBuffer data) {
    while (data.hasRemaining()) {
      accept(data.get());
    }
    flush();
  }

  /** Prints what looked like the beginning of a marker when the log ended. */
  void end() {
    releaseHeld();
    flush();
  }

  private void accept(byte next) {
    boolean marker = next == 1 || next == 2;
    if (marker && (markerCount == 0 || next == markerByte)) {
      markerByte = next;
      markerCount++;
      if (markerCount == MARKER_LENGTH) {
        switchTo(next == 1 ? out : err);
        markerCount = 0;
      }
      return;
    }
    releaseHeld();
    pending.write(next);
  }

  private void releaseHeld() {
    for (; markerCount > 0; markerCount--) {
      pending.write(markerByte);
    }
  }

  private void switchTo(PrintStream stream) {
    byte[] bytes = pending.toByteArray();
    current.write(bytes, 0, bytes.length);
    pending.reset();
    current = stream;
  }

  private void flush() {
    switchTo(current);
    out.flush();
    err.flush();
  }
}
