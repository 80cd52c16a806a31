package dev.paddock.engine.agent;

import java.time.Duration;

/**
 * How a command runs in the foreground.
 *
 * @param timeout after it the whole process group is killed; zero means none
 * @param stdin whether input will be written; otherwise the command's input is empty
 * @param mergeOutput whether standard error arrives as standard output, in the order of writing
 */
public record ExecOptions(Duration timeout, boolean stdin, boolean mergeOutput) {}
