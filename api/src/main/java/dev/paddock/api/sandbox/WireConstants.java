package dev.paddock.api.sandbox;

/**
 * What the contract wants said of every sandbox and is the same for all of them here.
 *
 * @param version of this program
 * @param toolboxUrl where toolboxes are, before the sandbox's id
 */
public record WireConstants(String version, String toolboxUrl) {
  static final int NO_GPU = 0;
  static final boolean NO_KVM = false;
  static final boolean NOT_RECOVERABLE = false;
  static final String NO_BACKUP = "None";
  static final String SANDBOX_CLASS = "container";
}
