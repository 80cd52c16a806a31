package dev.paddock.toolbox.git;

/**
 * Names a branch to make or to delete.
 *
 * @param path the repository
 * @param name the branch
 */
record GitBranchRequest(String path, String name) {}
