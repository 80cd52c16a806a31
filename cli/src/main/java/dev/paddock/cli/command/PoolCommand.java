package dev.paddock.cli.command;

import picocli.CommandLine.Command;

/** Groups the commands about sandboxes that are kept ready. */
@Command(
    name = "pool",
    description = "Keep sandboxes of a snapshot ready, so that creating one takes hardly any time.",
    synopsisSubcommandLabel = "(ls | set | rm)",
    subcommands = {PoolListCommand.class, PoolSetCommand.class, PoolRemoveCommand.class})
final class PoolCommand {}
