package dev.paddock.control.config;

import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.model.Resources;
import java.time.Duration;

/**
 * What applies when a caller says nothing, and how far callers may go.
 *
 * @param region id of the region
 * @param snapshot name of the snapshot that sandboxes are made from
 * @param limits most that one sandbox may have
 * @param runtimes what starts sandboxes
 * @param buildWait how long a create waits for its image before it answers all the same
 * @param reconcileEvery time between two passes of the reconciler
 */
public record Defaults(
    String region,
    String snapshot,
    Resources limits,
    OfferedRuntimes runtimes,
    Duration buildWait,
    Duration reconcileEvery) {
  /**
   * The usual values. A create answers within the 60 seconds that clients wait; the limits only
   * keep absurd sizes out.
   *
   * @param snapshot name of the snapshot that sandboxes are made from
   * @param runtimes what starts them
   */
  public static Defaults standard(String snapshot, OfferedRuntimes runtimes) {
    return new Defaults(
        "us",
        snapshot,
        new Resources(256, 1024, 8192),
        runtimes,
        Duration.ofSeconds(50),
        Duration.ofSeconds(30));
  }
}
