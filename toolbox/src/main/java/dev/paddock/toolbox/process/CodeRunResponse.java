package dev.paddock.toolbox.process;

/**
 * How code ended.
 *
 * @param exitCode its status, 128 + signal, or -1 when it could not be started
 * @param result standard output and standard error in the order of writing, without figures
 * @param artifacts what else it made
 */
public record CodeRunResponse(int exitCode, String result, CodeRunArtifacts artifacts) {}
