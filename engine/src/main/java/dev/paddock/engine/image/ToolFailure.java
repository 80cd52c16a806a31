package dev.paddock.engine.image;

import java.io.Serial;
import java.util.List;

/** A container tool ended with an error. Never leaves this package. */
final class ToolFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<String> lastLines;

  /**
   * @param lastLines the end of its output
   */
  ToolFailure(List<String> lastLines) {
    super("A container tool failed");
    this.lastLines = List.copyOf(lastLines);
  }

  List<String> lastLines() {
    return lastLines;
  }
}
