package dev.paddock.model.pool;

import dev.paddock.model.Resources;
import java.time.Instant;
import java.util.Optional;

/**
 * The wish to have sandboxes of a snapshot ready.
 *
 * @param id a UUID
 * @param organizationId whose sandboxes they become
 * @param snapshot name of the snapshot
 * @param image what it stands for in the runner's image store
 * @param obstacle why no sandboxes can be made from it now; absent when they can
 * @param resources the snapshot's sizes
 * @param runtime name of the snapshot's runtime, or of the default one
 * @param region id of the region they run in
 * @param size how many are to be ready
 * @param createdAt when it was made
 * @param updatedAt when its size was changed last
 */
public record WarmPool(
    String id,
    String organizationId,
    String snapshot,
    String image,
    Optional<String> obstacle,
    Resources resources,
    String runtime,
    String region,
    int size,
    Instant createdAt,
    Instant updatedAt) {
  /** Whether sandboxes can be made from it now. */
  public boolean usable() {
    return obstacle.isEmpty();
  }
}
