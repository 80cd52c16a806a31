package dev.paddock.server;

import dev.paddock.cli.PaddockCli;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.server.command.DoctorCommand;
import dev.paddock.server.command.DownCommand;
import dev.paddock.server.command.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The program: the command line, with the commands that run the server on this machine. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine commandLine =
        PaddockCli.commandLine()
            .addSubcommand(new UpCommand())
            .addSubcommand(new DownCommand())
            .addSubcommand(new DoctorCommand());
    IExecutionExceptionHandler otherwise = commandLine.getExecutionExceptionHandler();
    commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
      if (failure instanceof PaddockException known) {
        command.getErr().println(command.getColorScheme().errorText(known.getMessage()));
        return command.getCommandSpec().exitCodeOnExecutionException();
      }
      return otherwise.handleExecutionException(failure, command, parsed);
    });
    System.exit(commandLine.execute(arguments));
  }
}
