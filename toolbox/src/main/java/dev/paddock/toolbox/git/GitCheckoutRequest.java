package dev.paddock.toolbox.git;

/**
 * Asks for another branch or commit.
 *
 * @param path the repository
 * @param branch the branch, tag or commit
 */
record GitCheckoutRequest(String path, String branch) {}
