package dev.paddock.api.sandbox;

import dev.paddock.model.snapshot.BuildRequest;
import java.util.List;
import java.util.Optional;

/** An image as the text of a Dockerfile. */
public record CreateBuildInfoDto(String dockerfileContent, Optional<List<String>> contextHashes) {
  public BuildRequest toRequest() {
    return new BuildRequest(dockerfileContent, contextHashes.orElse(List.of()));
  }
}
