package dev.paddock.cli.command;

import picocli.CommandLine.Command;

/** Groups the commands about what sandboxes are made from. */
@Command(
    name = "image",
    description = "Build, list and remove the snapshots that sandboxes are made from.",
    synopsisSubcommandLabel = "(build | ls | rm | wait)",
    subcommands = {
      ImageBuildCommand.class,
      ImageListCommand.class,
      ImageRemoveCommand.class,
      ImageWaitCommand.class,
    })
final class ImageCommand {}
