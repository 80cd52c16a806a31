package dev.paddock.model.sandbox;

import java.util.Optional;

/**
 * What a sandbox is and what it should be.
 *
 * @param state what it is, as far as is recorded
 * @param desired what its user wants
 * @param errorReason why it is in {@code ERROR} or {@code BUILD_FAILED}
 */
public record SandboxStatus(
    SandboxState state, DesiredState desired, Optional<String> errorReason) {

  /** A status without an error. */
  public static SandboxStatus of(SandboxState state, DesiredState desired) {
    return new SandboxStatus(state, desired, Optional.empty());
  }
}
