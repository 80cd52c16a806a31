package dev.paddock.toolbox.git;

/** The id of a new commit. */
record GitCommitResponse(String hash) {}
