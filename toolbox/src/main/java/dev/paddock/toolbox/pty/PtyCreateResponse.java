package dev.paddock.toolbox.pty;

/** Names the terminal that was made. */
public record PtyCreateResponse(String sessionId) {}
