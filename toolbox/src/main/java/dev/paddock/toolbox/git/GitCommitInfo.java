package dev.paddock.toolbox.git;

/**
 * A commit.
 *
 * @param author name of who made the change
 * @param timestamp when, by RFC 3339 with the author's offset
 */
record GitCommitInfo(String hash, String author, String email, String message, String timestamp) {}
