package dev.paddock.model.sandbox;

import java.util.Locale;

/** What a sandbox's user wants it to be. */
public enum DesiredState {
  STARTED,
  STOPPED,
  DESTROYED;

  /** The word on the wire and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The desired state of that word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DesiredState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
