package dev.paddock.toolbox.info;

/** A directory of the sandbox, as an absolute path. */
public record DirectoryResponse(String dir) {}
