package dev.paddock.model.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * The request for a snapshot, unchecked.
 *
 * @param name its name
 * @param imageName an image to fetch; either this or {@code build}
 * @param build a Dockerfile to build
 * @param entrypoint replaces the image's own; empty keeps it
 * @param resources sizes; absent ones mean 1 CPU, 1 GiB of memory, 3 GiB of disk
 * @param region id of the region; absent means the default one
 * @param runtime name of what starts sandboxes made from it; absent means the default one
 */
public record CreateSnapshot(
    String name,
    Optional<String> imageName,
    Optional<BuildRequest> build,
    List<String> entrypoint,
    ResourceRequest resources,
    Optional<String> region,
    Optional<String> runtime) {
  public CreateSnapshot {
    entrypoint = List.copyOf(entrypoint);
  }
}
