package dev.paddock.toolbox.git;

import org.jspecify.annotations.Nullable;

/**
 * Asks for credentials to be kept in the sandbox, for all git commands that run there.
 *
 * @param host with a port where it is not the usual one; github.com when absent
 * @param protocol https when absent
 */
record GitAuthenticateRequest(
    String username, String password, @Nullable String host, @Nullable String protocol) {
  @Override
  public String toString() {
    return "GitAuthenticateRequest[host=" + host + "]";
  }
}
