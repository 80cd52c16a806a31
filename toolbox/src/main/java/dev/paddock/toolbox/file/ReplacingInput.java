package dev.paddock.toolbox.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A stream in which a text stands where another one stood in its source.
 *
 * <p>The search is that of Knuth, Morris and Pratt: it looks at each byte once whatever the text,
 * and remembers no more of the source than how much of the text it has just seen.
 */
final class ReplacingInput extends InputStream {
  private static final int CHUNK = 64 * 1024;

  private final InputStream source;
  private final byte[] pattern;
  private final byte[] replacement;
  // For each number of bytes seen, how many of the last ones could begin the text anew.
  private final int[] fallback;
  private final byte[] chunk = new byte[CHUNK];
  private final ByteBuffer out;
  private int next;
  private int filled;
  private int seen;
  private boolean replaced;

  /**
   * @param pattern at least one byte
   */
  ReplacingInput(InputStream source, byte[] pattern, byte[] replacement) {
    this.source = source;
    this.pattern = pattern.clone();
    this.replacement = replacement.clone();
    this.fallback = fallback(pattern);
    // One step beyond a full chunk gives back what was held, one byte and a replacement at most.
    this.out = ByteBuffer.allocate(CHUNK + pattern.length + 1 + replacement.length).limit(0);
  }

  /** Whether anything was replaced so far. */
  boolean replaced() {
    return replaced;
  }

  @Override
  public int read() throws IOException {
    return prepare() ? out.get() & 0xff : -1;
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
    int count = Math.min(length, out.remaining());
    out.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private boolean prepare() throws IOException {
    if (out.hasRemaining()) {
      return true;
    }
    out.clear();
    while (out.position() < CHUNK && fill()) {
      step(chunk[next++]);
    }
    if (next == filled) {
      out.put(pattern, 0, seen);
      seen = 0;
    }
    out.flip();
    return out.hasRemaining();
  }

  private boolean fill() throws IOException {
    if (next == filled) {
      next = 0;
      filled = Math.max(0, source.read(chunk));
    }
    return next < filled;
  }

  private void step(byte one) {
    while (seen > 0 && pattern[seen] != one) {
      int kept = fallback[seen];
      out.put(pattern, 0, seen - kept);
      seen = kept;
    }
    if (pattern[seen] == one) {
      seen++;
    } else {
      out.put(one);
    }
    if (seen == pattern.length) {
      out.put(replacement);
      seen = 0;
      replaced = true;
    }
  }

  private static int[] fallback(byte[] pattern) {
    int[] fallback = new int[pattern.length + 1];
    int kept = 0;
    for (int i = 1; i < pattern.length; i++) {
      while (kept > 0 && pattern[kept] != pattern[i]) {
        kept = fallback[kept];
      }
      if (pattern[kept] == pattern[i]) {
        kept++;
      }
      fallback[i + 1] = kept;
    }
    return fallback;
  }
}
