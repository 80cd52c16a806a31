package dev.paddock.toolbox.process;

/**
 * How a command ended.
 *
 * @param exitCode its status, 128 + signal, or -1 when it could not be started
 * @param result standard output and standard error in the order of writing
 */
public record ExecuteResponse(int exitCode, String result) {}
