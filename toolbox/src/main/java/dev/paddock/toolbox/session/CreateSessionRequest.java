package dev.paddock.toolbox.session;

/**
 * Asks for a session.
 *
 * @param sessionId 1 to 128 letters, digits and {@code _ . : -}, unique in the sandbox
 */
public record CreateSessionRequest(String sessionId) {}
