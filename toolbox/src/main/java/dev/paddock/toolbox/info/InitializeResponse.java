package dev.paddock.toolbox.info;

/** Says that the sandbox is ready. */
public record InitializeResponse(String message) {}
