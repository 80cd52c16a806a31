package dev.paddock.engine.host;

/**
 * A sandbox's first process.
 *
 * @param pid its number on the host
 * @param handle holds it; to be closed by whoever has it
 */
public record StartedProcess(long pid, PidFd handle) {}
