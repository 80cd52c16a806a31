package dev.paddock.toolbox.git;

import org.jspecify.annotations.Nullable;

/**
 * Asks for what is new on a remote.
 *
 * @param path the repository
 * @param remote {@code origin} when absent
 * @param branch that of the current branch's upstream when absent
 */
record GitPullRequest(
    String path,
    @Nullable String username,
    @Nullable String password,
    @Nullable String remote,
    @Nullable String branch) {
  @Override
  public String toString() {
    return "GitPullRequest[path=" + path + "]";
  }
}
