package dev.paddock.toolbox.json;

import dev.paddock.web.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * A JSON array of any length that is written straight to the client, value by value. One that
 * breaks in the middle is left open, so that nobody takes what is there for the whole.
 */
public final class StreamedList {
  private static final int BUFFER = 8192;

  private final Iterator<?> values;

  /** Takes the values as they are written. */
  public StreamedList(Iterator<?> values) {
    this.values = values;
  }

  /** Writes the array and leaves the stream open. */
  public void writeTo(OutputStream out) throws IOException {
    write("[", "]", out);
  }

  /** Writes an object that has the array as its only field, and leaves the stream open. */
  public void writeInObject(String name, OutputStream out) throws IOException {
    write("{" + Json.text(name) + ":[", "]}", out);
  }

  /** Not closed when it fails: nothing must go out after the last value. */
  private void write(String before, String after, OutputStream out) throws IOException {
    OutputStream buffer = new BufferedOutputStream(out, BUFFER);
    buffer.write(before.getBytes(StandardCharsets.UTF_8));
    for (boolean first = true; values.hasNext(); first = false) {
      if (!first) {
        buffer.write(',');
      }
      buffer.write(Json.bytes(values.next()));
    }
    buffer.write(after.getBytes(StandardCharsets.UTF_8));
    buffer.flush();
  }
}
