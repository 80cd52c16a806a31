package dev.paddock.toolbox.info;

/** The version of the program that serves the sandbox. */
public record VersionResponse(String version) {}
