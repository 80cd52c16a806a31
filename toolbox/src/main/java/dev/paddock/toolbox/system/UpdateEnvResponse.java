package dev.paddock.toolbox.system;

/** Says that the environment is changed. */
public record UpdateEnvResponse(String message) {}
