package dev.paddock.engine.agent;

/**
 * A TCP port that something inside the sandbox listens on.
 *
 * @param port 1 to 65535
 * @param loopbackOnly whether it is bound to the sandbox's loopback alone
 */
public record ListeningPort(int port, boolean loopbackOnly) {}
