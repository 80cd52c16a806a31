package dev.paddock.cli;

import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.command.PaddockCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Assembles the command line; the program adds the commands that need the server's own code. */
public final class PaddockCli {
  private PaddockCli() {}

  /** A command line with every command that works through the API. */
  public static CommandLine commandLine() {
    return new CommandLine(new PaddockCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(PaddockCli::report);
  }

  private static int report(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailure known) {
      command.getErr().println(command.getColorScheme().errorText(known.getMessage()));
      return known.exitCode();
    }
    throw failure;
  }
}
