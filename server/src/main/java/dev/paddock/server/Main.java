package dev.paddock.server;

import dev.paddock.cli.PaddockCli;
import dev.paddock.server.command.DoctorCommand;
import dev.paddock.server.command.DownCommand;
import dev.paddock.server.command.UpCommand;

/** The program: the command line, with the commands that run the server on this machine. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int status =
        PaddockCli.commandLine()
            .addSubcommand(new UpCommand())
            .addSubcommand(new DownCommand())
            .addSubcommand(new DoctorCommand())
            .execute(arguments);
    System.exit(status);
  }
}
