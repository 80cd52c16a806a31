package dev.paddock.model.sandbox;

import java.util.Locale;

/** Where a sandbox is in its life. */
public enum SandboxState {
  /** Its image is being fetched or built, and nobody was told its id yet. */
  PENDING_BUILD,
  /** Its image is being fetched or built, and its id was given out. */
  BUILDING_SNAPSHOT,
  /** The runner is making it. */
  CREATING,
  /** It takes commands. */
  STARTED,
  /** The runner is stopping it. */
  STOPPING,
  /** Its files are kept, its processes are gone. */
  STOPPED,
  /** The runner is starting it again. */
  STARTING,
  /** The runner is removing it. */
  DESTROYING,
  /** Nothing of it is left. */
  DESTROYED,
  /** It cannot be used any more; the reason is recorded. */
  ERROR,
  /** Its image could not be made; the reason is recorded. */
  BUILD_FAILED;

  /** The word on the wire and in the database, such as {@code building_snapshot}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SandboxState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
