package dev.paddock.model.snapshot;

import java.util.Locale;

/** Where a snapshot is in its life. */
public enum SnapshotState {
  /** Its image is being built. */
  BUILDING,
  /** Its image is being fetched, or is one that the server makes. */
  PULLING,
  /** Sandboxes can be made from it. */
  ACTIVE,
  /** Its image did not come; the reason is recorded. */
  ERROR,
  /** Its image could not be built; the reason is recorded. */
  BUILD_FAILED;

  /** The word on the wire and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SnapshotState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
