package dev.paddock.toolbox.interpreter;

/** Says that a context is gone. */
public record DeleteContextResponse(String message) {}
