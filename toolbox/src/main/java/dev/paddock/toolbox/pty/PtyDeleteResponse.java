package dev.paddock.toolbox.pty;

/** Says that a terminal is gone. */
public record PtyDeleteResponse(String message) {}
