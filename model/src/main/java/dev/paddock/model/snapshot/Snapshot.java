package dev.paddock.model.snapshot;

import dev.paddock.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A named image with sizes, from which sandboxes are made.
 *
 * @param id a UUID
 * @param organizationId whose it is; absent for those that everybody may use
 * @param name unique in the organisation
 * @param imageName the image it was asked for by; absent for built ones
 * @param build the Dockerfile, for built ones
 * @param reference the image in the runner's store
 * @param state whether it can be used
 * @param errorReason why it cannot
 * @param sizeBytes size of the image, once known
 * @param entrypoint replaces the image's own; empty keeps it
 * @param resources limits of sandboxes made from it
 * @param runtime name of what starts sandboxes that name no other; absent means the default one
 * @param region id of the region that holds it
 * @param times creation, last change and last use
 */
public record Snapshot(
    String id,
    Optional<String> organizationId,
    String name,
    Optional<String> imageName,
    Optional<BuildInfo> build,
    String reference,
    SnapshotState state,
    Optional<String> errorReason,
    OptionalLong sizeBytes,
    List<String> entrypoint,
    Resources resources,
    Optional<String> runtime,
    String region,
    Times times) {
  public Snapshot {
    entrypoint = List.copyOf(entrypoint);
  }

  /**
   * When things happened to a snapshot.
   *
   * @param createdAt its request arrived
   * @param updatedAt its record changed last
   * @param lastUsedAt a sandbox was made from it last
   */
  public record Times(Instant createdAt, Instant updatedAt, Optional<Instant> lastUsedAt) {}

  /** Whether every organisation may use it and none may delete it. */
  public boolean general() {
    return organizationId.isEmpty();
  }
}
