package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;

/** Turns output into the bytes of a log with or without markers. */
final class LogEncoder {
  private static final byte STDOUT_MARK = 1;
  private static final byte STDERR_MARK = 2;
  private static final int MARK_LENGTH = 3;

  private LogEncoder() {}

  /** The chunk as it stands in a log of this shape; empty for the end of the log. */
  static byte[] encode(LogShape shape, OutputEvent event) {
    return switch (event) {
      case OutputEvent.Stdout(byte[] data) -> chunk(shape, STDOUT_MARK, data);
      case OutputEvent.Stderr(byte[] data) -> chunk(shape, STDERR_MARK, data);
      case OutputEvent.Exited _ -> new byte[0];
    };
  }

  private static byte[] chunk(LogShape shape, byte mark, byte[] data) {
    if (shape == LogShape.COMBINED || data.length == 0) {
      return data;
    }
    byte[] marked = new byte[MARK_LENGTH + data.length];
    marked[0] = mark;
    marked[1] = mark;
    marked[2] = mark;
    System.arraycopy(data, 0, marked, MARK_LENGTH, data.length);
    return marked;
  }

  /** Standard output only. */
  static byte[] stdout(OutputEvent event) {
    return event instanceof OutputEvent.Stdout(byte[] data) ? data : new byte[0];
  }

  /** Standard error only. */
  static byte[] stderr(OutputEvent event) {
    return event instanceof OutputEvent.Stderr(byte[] data) ? data : new byte[0];
  }
}
