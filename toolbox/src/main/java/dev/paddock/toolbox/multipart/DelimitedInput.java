package dev.paddock.toolbox.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * A stream that ends before each occurrence of a delimiter and goes on behind it when told to.
 *
 * <p>The search is Horspool's: with the long boundaries that clients choose it looks at a fraction
 * of the bytes only.
 */
final class DelimitedInput extends InputStream {
  private static final int BUFFER_SIZE = 64 * 1024;

  private final InputStream source;
  private final byte[] delimiter;
  private final int[] shift = new int[256];
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int position;
  private int limit;
  // Bytes before this index are known to belong to the current part.
  private int payloadEnd;
  private boolean atDelimiter;

  DelimitedInput(InputStream source, byte[] delimiter, byte[] prefix) {
    this.source = source;
    this.delimiter = delimiter.clone();
    Arrays.fill(shift, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      shift[delimiter[i] & 0xff] = delimiter.length - 1 - i;
    }
    // The first boundary has no line end before it; lending it one makes it like the others.
    System.arraycopy(prefix, 0, buffer, 0, prefix.length);
    limit = prefix.length;
  }

  @Override
  public int read() throws IOException {
    return prepare() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!prepare()) {
      return -1;
    }
    int count = Math.min(length, payloadEnd - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return payloadEnd - position;
  }

  void skipToDelimiter() throws IOException {
    while (prepare()) {
      position = payloadEnd;
    }
  }

  /** Goes behind the delimiter at which the last part ended. */
  void passDelimiter() {
    position += delimiter.length;
    payloadEnd = position;
    atDelimiter = false;
  }

  /** One byte outside any part: of a boundary line or a header. */
  int readHeaderByte() throws IOException {
    while (position == limit) {
      fill();
    }
    payloadEnd = position + 1;
    return buffer[position++] & 0xff;
  }

  /** Makes sure that payload is buffered; false at the delimiter. */
  private boolean prepare() throws IOException {
    while (position >= payloadEnd) {
      if (atDelimiter) {
        return false;
      }
      findPayload();
      if (position >= payloadEnd && !atDelimiter) {
        fill();
      }
    }
    return true;
  }

  private void findPayload() {
    int last = delimiter.length - 1;
    int start = position;
    while (start + last < limit) {
      int i = last;
      while (i >= 0 && buffer[start + i] == delimiter[i]) {
        i--;
      }
      if (i < 0) {
        payloadEnd = start;
        atDelimiter = true;
        return;
      }
      start += shift[buffer[start + last] & 0xff];
    }
    payloadEnd = Math.min(start, limit);
  }

  private void fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      payloadEnd = Math.max(0, payloadEnd - position);
      position = 0;
    }
    int count = source.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      throw new CutOffException();
    }
    limit += count;
  }
}
