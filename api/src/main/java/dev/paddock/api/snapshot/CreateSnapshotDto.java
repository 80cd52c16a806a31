package dev.paddock.api.snapshot;

import dev.paddock.api.sandbox.CreateBuildInfoDto;
import dev.paddock.model.snapshot.CreateSnapshot;
import dev.paddock.model.snapshot.ResourceRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The request for a snapshot.
 *
 * @param runtime an extension of this server: what starts sandboxes made from it
 */
public record CreateSnapshotDto(
    String name,
    Optional<String> imageName,
    Optional<CreateBuildInfoDto> buildInfo,
    Optional<List<String>> entrypoint,
    OptionalInt cpu,
    OptionalInt gpu,
    OptionalInt memory,
    OptionalInt disk,
    Optional<String> regionId,
    Optional<String> runtime) {
  CreateSnapshot toRequest() {
    return new CreateSnapshot(
        name,
        imageName,
        buildInfo.map(CreateBuildInfoDto::toRequest),
        entrypoint.orElse(List.of()),
        new ResourceRequest(cpu, memory, disk, gpu),
        regionId,
        runtime);
  }
}
