package dev.paddock.engine.agent;

/** Size of a pseudo terminal in characters. */
public record TerminalSize(int columns, int rows) {}
