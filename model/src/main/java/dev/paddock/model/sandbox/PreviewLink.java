package dev.paddock.model.sandbox;

import dev.paddock.model.SandboxId;

/**
 * Where one port of a sandbox is reached from outside.
 *
 * @param sandboxId whose port it is
 * @param url the address
 * @param token the secret that opens it unless the sandbox is public
 */
public record PreviewLink(SandboxId sandboxId, String url, String token) {
  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "PreviewLink[" + url + "]";
  }
}
