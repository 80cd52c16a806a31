package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.TerminalSize;
import dev.paddock.model.failure.InvalidException;

/** Sizes that terminals may have. */
public final class TerminalLimits {
  /** The size of a terminal that names none. */
  public static final TerminalSize DEFAULT = new TerminalSize(80, 24);

  private static final int MAX = 1000;

  private TerminalLimits() {}

  /**
   * The size, when each side is 1 to 1000.
   *
   * @throws InvalidException otherwise
   */
  public static TerminalSize require(int columns, int rows) {
    if (columns < 1 || columns > MAX || rows < 1 || rows > MAX) {
      throw new InvalidException("a terminal has 1 to 1000 columns and 1 to 1000 rows");
    }
    return new TerminalSize(columns, rows);
  }
}
