package dev.paddock.toolbox.git;

/**
 * A file that differs.
 *
 * @param name its path in the repository
 * @param extra its path before a move; empty otherwise
 * @param staging how the index differs from HEAD
 * @param worktree how the file differs from the index
 */
record FileStatus(String name, String extra, String staging, String worktree) {}
