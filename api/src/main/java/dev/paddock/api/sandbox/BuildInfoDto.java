package dev.paddock.api.sandbox;

import dev.paddock.model.snapshot.BuildInfo;
import java.time.Instant;
import java.util.List;

/** How an image was built. */
public record BuildInfoDto(
    String dockerfileContent,
    List<String> contextHashes,
    Instant createdAt,
    Instant updatedAt,
    String snapshotRef) {
  public static BuildInfoDto from(BuildInfo build) {
    return new BuildInfoDto(
        build.dockerfile(),
        build.contextHashes(),
        build.createdAt(),
        build.updatedAt(),
        build.reference());
  }
}
