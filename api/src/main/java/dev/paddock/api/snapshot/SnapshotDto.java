package dev.paddock.api.snapshot;

import dev.paddock.api.sandbox.BuildInfoDto;
import dev.paddock.model.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot.
 *
 * @param size GiB; null until it is known
 * @param entrypoint null when the image's own is kept
 * @param mem GiB of memory
 * @param runtime an extension of this server: what starts sandboxes made from it; absent when they
 *     take the server's usual one
 * @param skipValidation always false, and required by clients before 0.167
 */
public record SnapshotDto(
    String id,
    Optional<String> organizationId,
    boolean general,
    String name,
    Optional<String> imageName,
    String state,
    @Nullable Double size,
    @Nullable List<String> entrypoint,
    int cpu,
    int gpu,
    int mem,
    int disk,
    boolean skipValidation,
    @Nullable String errorReason,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastUsedAt,
    Optional<BuildInfoDto> buildInfo,
    List<String> regionIds,
    String ref,
    String sandboxClass,
    @Nullable String sourceSandboxId,
    Optional<String> runtime) {
  private static final double GIB = 1L << 30;

  static SnapshotDto from(Snapshot snapshot) {
    return new SnapshotDto(
        snapshot.id(),
        snapshot.organizationId(),
        snapshot.general(),
        snapshot.name(),
        snapshot.imageName(),
        snapshot.state().text(),
        snapshot.sizeBytes().isPresent() ? snapshot.sizeBytes().getAsLong() / GIB : null,
        snapshot.entrypoint().isEmpty() ? null : snapshot.entrypoint(),
        snapshot.resources().cpu(),
        0,
        snapshot.resources().memoryGib(),
        snapshot.resources().diskGib(),
        false,
        snapshot.errorReason().orElse(null),
        snapshot.times().createdAt(),
        snapshot.times().updatedAt(),
        snapshot.times().lastUsedAt().orElse(null),
        snapshot.build().map(BuildInfoDto::from),
        List.of(snapshot.region()),
        snapshot.reference(),
        "container",
        null,
        snapshot.runtime());
  }
}
