package dev.paddock.cli.exec;

import java.io.IOException;
import java.util.List;

/** Shows the settings of its terminal while it is raw; run by a test on a terminal of its own. */
final class RawTerminalProgram {
  private RawTerminalProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (LocalTerminal _ = LocalTerminal.raw()) {
      new ProcessBuilder(List.of("stty", "-a")).inheritIO().start().waitFor();
    }
  }
}
