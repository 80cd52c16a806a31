package dev.paddock.model.sandbox;

import dev.paddock.model.snapshot.BuildInfo;
import java.util.List;
import java.util.Optional;

/**
 * What a sandbox is made from.
 *
 * @param snapshot name of the snapshot, when it came from one
 * @param build the Dockerfile, when it came from one
 * @param image reference in the runner's image store
 * @param entrypoint replaces the image's own; empty keeps it
 */
public record SandboxOrigin(
    Optional<String> snapshot, Optional<BuildInfo> build, String image, List<String> entrypoint) {
  public SandboxOrigin {
    entrypoint = List.copyOf(entrypoint);
  }
}
