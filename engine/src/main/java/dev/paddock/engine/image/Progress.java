package dev.paddock.engine.image;

import java.util.function.Consumer;

/** Passes lines on to a person, as many and as long as a person can want. */
final class Progress implements Consumer<String> {
  private static final int LONGEST_LINE = 2000;
  private static final int MOST_LINES = 20_000;

  private final Consumer<String> target;
  private int passed;

  Progress(Consumer<String> target) {
    this.target = target;
  }

  @Override
  public void accept(String line) {
    passed++;
    if (passed < MOST_LINES) {
      target.accept(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    } else if (passed == MOST_LINES) {
      target.accept("… more output than is shown");
    }
  }
}
