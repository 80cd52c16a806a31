package dev.paddock.toolbox.git;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a branch to be brought to a remote, under its own name.
 *
 * @param path the repository
 * @param remote {@code origin} when absent
 * @param branch the current one when absent
 * @param setUpstream whether the branch follows the remote's from now on
 */
record GitPushRequest(
    String path,
    @Nullable String username,
    @Nullable String password,
    @Nullable String remote,
    @Nullable String branch,
    @JsonProperty("set_upstream") @Nullable Boolean setUpstream) {
  @Override
  public String toString() {
    return "GitPushRequest[path=" + path + "]";
  }
}
