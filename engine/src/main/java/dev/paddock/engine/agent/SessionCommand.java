package dev.paddock.engine.agent;

/**
 * A command that was given to a session.
 *
 * @param exitCode valid when it does not run
 * @param outputBytes bytes of recorded output
 */
public record SessionCommand(
    String id, String command, boolean running, int exitCode, long outputBytes) {}
