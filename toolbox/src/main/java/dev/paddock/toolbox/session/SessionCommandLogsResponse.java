package dev.paddock.toolbox.session;

/**
 * The log of a command so far.
 *
 * @param output both streams in the order of writing, with markers
 * @param stdout standard output
 * @param stderr standard error
 */
public record SessionCommandLogsResponse(String output, String stdout, String stderr) {}
