package dev.paddock.api.sandbox;

import java.util.Optional;

/**
 * What the contract wants said of every sandbox and is the same for all of them here.
 *
 * @param version of this program
 * @param toolboxUrl where toolboxes are, before the sandbox's id
 * @param usualRuntime what starts sandboxes unless something else is asked for
 */
public record WireConstants(String version, String toolboxUrl, String usualRuntime) {
  static final int NO_GPU = 0;
  static final boolean NO_KVM = false;
  static final boolean NOT_RECOVERABLE = false;
  static final String NO_BACKUP = "None";
  static final String SANDBOX_CLASS = "container";

  /**
   * A sandbox's runtime where it is not the usual one. The contract knows no such field, and some
   * older clients take no other than theirs.
   */
  Optional<String> shownRuntime(String runtime) {
    return Optional.of(runtime).filter(name -> !name.equals(usualRuntime));
  }
}
