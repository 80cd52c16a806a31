package dev.paddock.model.snapshot;

import java.util.List;

/**
 * An image as the text of a Dockerfile, unchecked.
 *
 * @param dockerfile its text
 * @param contextHashes names of the uploaded files that it copies from
 */
public record BuildRequest(String dockerfile, List<String> contextHashes) {
  public BuildRequest {
    contextHashes = List.copyOf(contextHashes);
  }
}
