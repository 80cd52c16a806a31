package dev.paddock.model.sandbox;

import dev.paddock.model.SandboxId;

/**
 * What must be known of a sandbox to let a request through to it.
 *
 * @param id its identity
 * @param organizationId whose it is
 * @param state whether it takes requests
 * @param isPublic whether previews need no credentials
 * @param previewToken the secret that opens its previews; compare in constant time
 * @param signingKeyVersion how often the key that its file URLs are signed with was replaced
 */
public record SandboxAccess(
    SandboxId id,
    String organizationId,
    SandboxState state,
    boolean isPublic,
    String previewToken,
    int signingKeyVersion) {
  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "SandboxAccess[" + id + " " + state + "]";
  }
}
