package dev.paddock.control.sandbox;

import dev.paddock.model.runner.ObservedState;
import dev.paddock.model.sandbox.SandboxState;
import java.util.Optional;

/** What brings a sandbox's record and its host together again. */
enum Repair {
  /** Remove what the host holds, then the record. */
  DESTROY,
  /** Start it on the host, then record that. */
  START,
  /** Stop it on the host, then record that. */
  STOP,
  /** Go on with its image and make it. */
  RESUME_BUILD,
  /** Record that it runs. */
  RECORD_STARTED,
  /** Record that it does not run. */
  RECORD_STOPPED,
  /** Record that the host has lost its files. */
  RECORD_LOST;

  /**
   * The repair for one sandbox on which nobody works.
   *
   * <p>A create that was cut short is undone, because its caller got no answer and knows no id. Any
   * other change that was cut short is finished.
   *
   * @param recorded its state in the database; absent when there is no record
   * @param observed what the host holds; absent when that is nothing
   */
  static Optional<Repair> of(Optional<SandboxState> recorded, Optional<ObservedState> observed) {
    if (recorded.isEmpty()) {
      return observed.map(anything -> DESTROY);
    }
    return switch (recorded.get()) {
      case PENDING_BUILD, CREATING, DESTROYING, DESTROYED -> Optional.of(DESTROY);
      case BUILDING_SNAPSHOT -> Optional.of(RESUME_BUILD);
      case ERROR, BUILD_FAILED -> Optional.empty();
      case STARTED -> unlessLost(observed, Optional.empty(), Optional.of(RECORD_STOPPED));
      case STARTING -> unlessLost(observed, Optional.of(RECORD_STARTED), Optional.of(START));
      case STOPPING -> unlessLost(observed, Optional.of(STOP), Optional.of(RECORD_STOPPED));
      case STOPPED -> unlessLost(observed, Optional.of(STOP), Optional.empty());
    };
  }

  private static Optional<Repair> unlessLost(
      Optional<ObservedState> observed, Optional<Repair> running, Optional<Repair> stopped) {
    if (observed.isEmpty()) {
      return Optional.of(RECORD_LOST);
    }
    return observed.get() == ObservedState.STOPPED ? stopped : running;
  }
}
