package dev.paddock.toolbox.file;

import dev.paddock.model.failure.InvalidException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file that a sandbox's agent sends, for as long as there is time and while it is not much longer
 * than the agent said.
 */
final class BoundedInput extends InputStream {
  /** What an honest file may grow by while it is read; one of /proc claims to be empty. */
  private static final long GROWTH = 64L << 20;

  private final InputStream source;
  private final TimeAllowed time;
  private long left;

  /**
   * @param size as it was said to be
   */
  BoundedInput(InputStream source, long size, TimeAllowed time) {
    this.source = source;
    this.time = time;
    this.left = size > Long.MAX_VALUE - GROWTH ? Long.MAX_VALUE : size + GROWTH;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    time.check();
    int count = source.read(target, offset, length);
    left -= Math.max(0, count);
    if (left < 0) {
      throw new InvalidException("it grew by more than 64 MiB while it was read");
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
