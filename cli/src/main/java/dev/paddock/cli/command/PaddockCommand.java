package dev.paddock.cli.command;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
    name = "paddock",
    version = "paddock 0.1.0",
    mixinStandardHelpOptions = true,
    scope = picocli.CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description = "Sandboxes for AI agents' code, on machines that you own.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  done",
      "  1  the server refused or failed",
      "  2  wrong usage",
      "  3  the server is not reachable or not ready",
      "  4  what was named does not exist",
      "  5  the API key is missing or wrong",
    },
    subcommands = {
      StatusCommand.class,
      OpenCodeCommand.class,
      CreateCommand.class,
      ListCommand.class,
      InfoCommand.class,
      ExecCommand.class,
      CopyCommand.class,
      LogsCommand.class,
      PreviewCommand.class,
      StartCommand.class,
      StopCommand.class,
      RemoveCommand.class,
      ImageCommand.class,
      PoolCommand.class,
      KeyCommand.class,
      GenerateCompletion.class,
    })
public final class PaddockCommand {}
