package dev.paddock.api.system;

import dev.paddock.model.Region;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place that runs sandboxes. */
public record RegionDto(
    String id,
    String name,
    @Nullable String organizationId,
    String regionType,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String proxyUrl,
    @Nullable String sshGatewayUrl,
    @Nullable String snapshotManagerUrl) {
  static RegionDto from(Region region) {
    return new RegionDto(
        region.id(),
        region.name(),
        null,
        "shared",
        region.createdAt(),
        region.updatedAt(),
        null,
        null,
        null);
  }
}
