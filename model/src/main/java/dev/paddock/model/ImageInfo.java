package dev.paddock.model;

import java.util.List;
import java.util.Map;

/**
 * An image in a runner's image store.
 *
 * @param reference the name by which it was asked for
 * @param id content id: 64 hex digits
 * @param sizeBytes size of all its layers, unpacked
 * @param env the image's environment
 * @param entrypoint ENTRYPOINT followed by CMD; empty when it has neither
 * @param user the image's USER; empty means root
 * @param workDir the image's WORKDIR; empty means "/"
 */
public record ImageInfo(
    String reference,
    String id,
    long sizeBytes,
    Map<String, String> env,
    List<String> entrypoint,
    String user,
    String workDir) {
  public ImageInfo {
    env = Map.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
  }
}
