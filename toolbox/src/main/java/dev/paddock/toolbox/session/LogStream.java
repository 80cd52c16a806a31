package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/** Bytes of a log, or of a part of it, as a stream. */
final class LogStream extends InputStream {
  private final LogReader reader;
  private final Function<OutputEvent, byte[]> view;
  private long left;
  private byte[] chunk = new byte[0];
  private int position;
  private boolean ended;

  /**
   * @param view what of an event to deliver
   * @param limit ends the stream after so many recorded bytes, delivered or not
   */
  LogStream(LogReader reader, Function<OutputEvent, byte[]> view, long limit) {
    this.reader = reader;
    this.view = view;
    this.left = limit;
  }

  @Override
  public int read() {
    return prepare() ? chunk[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!prepare()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean prepare() {
    while (position == chunk.length && !ended) {
      OutputEvent event = clip(reader.next());
      chunk = view.apply(event);
      position = 0;
    }
    return position < chunk.length;
  }

  private OutputEvent clip(OutputEvent event) {
    OutputEvent clipped =
        switch (event) {
          case OutputEvent.Stdout(byte[] data) -> new OutputEvent.Stdout(take(data));
          case OutputEvent.Stderr(byte[] data) -> new OutputEvent.Stderr(take(data));
          case OutputEvent.Exited exited -> exited;
        };
    ended = left == 0 || event instanceof OutputEvent.Exited;
    return clipped;
  }

  private byte[] take(byte[] data) {
    int count = (int) Math.min(left, data.length);
    left -= count;
    return count == data.length ? data : Arrays.copyOf(data, count);
  }

  @Override
  public void close() {
    reader.close();
  }
}
