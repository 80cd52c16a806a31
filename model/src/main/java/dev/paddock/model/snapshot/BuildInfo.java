package dev.paddock.model.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * How an image was built.
 *
 * @param dockerfile the text of its Dockerfile
 * @param contextHashes names of the uploaded files that it copies from
 * @param reference the image in the runner's store
 * @param createdAt the build was asked for
 * @param updatedAt the build's state changed last
 */
public record BuildInfo(
    String dockerfile,
    List<String> contextHashes,
    String reference,
    Instant createdAt,
    Instant updatedAt) {
  public BuildInfo {
    contextHashes = List.copyOf(contextHashes);
  }
}
