package dev.paddock.cli;

import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.command.PaddockCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Assembles the command line; the program adds the commands that need the server's own code. */
public final class PaddockCli {
  private PaddockCli() {}

  /** A command line with every command that works through the API. */
  public static CommandLine commandLine() {
    return new CommandLine(new PaddockCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(PaddockCli::reportWrongUsage)
        .setExecutionExceptionHandler(PaddockCli::report);
  }

  /** The mistake stays in sight: the whole help would push it off the screen. */
  private static int reportWrongUsage(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText(mistake.getMessage()));
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
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
