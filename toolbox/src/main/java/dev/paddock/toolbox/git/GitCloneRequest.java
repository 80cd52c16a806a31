package dev.paddock.toolbox.git;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a copy of a repository.
 *
 * @param url where it is
 * @param path where the copy goes; nothing or an empty directory
 * @param branch branch or tag to check out; the server's choice when absent
 * @param commitId commit to check out, on no branch
 * @param depth how many commits of its history to take; all when absent
 * @param insecureSkipTls whether the server may show any certificate
 */
record GitCloneRequest(
    String url,
    String path,
    @Nullable String username,
    @Nullable String password,
    @Nullable String branch,
    @JsonProperty("commit_id") @Nullable String commitId,
    @Nullable Integer depth,
    @JsonProperty("insecure_skip_tls") @Nullable Boolean insecureSkipTls) {
  @Override
  public String toString() {
    return "GitCloneRequest[path=" + path + "]";
  }
}
