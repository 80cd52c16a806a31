package dev.paddock.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a tool's output into lines of bounded length. */
final class Output {
  private static final int CHUNK = 8192;
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;

  private final byte[] line;
  private final Consumer<String> lines;
  private int length;

  /**
   * @param longest bytes of a line that are kept; the rest of it is dropped
   */
  Output(int longest, Consumer<String> lines) {
    this.line = new byte[longest];
    this.lines = lines;
  }

  /** Reads to the end. A carriage return ends a line too, as progress bars use it. */
  void drain(InputStream stream) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
      for (int i = 0; i < read; i++) {
        take(chunk[i]);
      }
    }
    finishLine();
  }

  private void take(byte value) {
    if (value == '\n' || value == '\r') {
      finishLine();
    } else if (length < line.length) {
      line[length++] = value;
    }
  }

  private void finishLine() {
    if (length > 0) {
      String text = printable(new String(line, 0, length, StandardCharsets.UTF_8));
      length = 0;
      lines.accept(text);
    }
  }

  /** The text without control characters; a tab becomes a blank. */
  static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        clean.append(' ');
      } else if (c >= FIRST_PRINTABLE && c != DELETE) {
        clean.append(c);
      }
    }
    return clean.toString();
  }
}
