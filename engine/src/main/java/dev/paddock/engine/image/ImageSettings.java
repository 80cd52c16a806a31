package dev.paddock.engine.image;

import java.time.Duration;
import java.util.List;

/**
 * Limits of an image store, and the registries that it may talk to without TLS.
 *
 * @param pullLimit time that bringing one image in may take
 * @param buildLimit time that one build may take
 * @param buildMemoryBytes memory that one step of a build may use
 * @param buildProcesses processes and threads that one build may have
 * @param insecureRegistries {@code host:port} of registries reached by plain HTTP or with a
 *     certificate that nobody checks
 */
public record ImageSettings(
    Duration pullLimit,
    Duration buildLimit,
    long buildMemoryBytes,
    int buildProcesses,
    List<String> insecureRegistries) {
  private static final long GIB = 1L << 30;

  public ImageSettings {
    insecureRegistries = List.copyOf(insecureRegistries);
  }

  /** 10 minutes to pull; 30 minutes, 4 GiB and 4,096 processes to build; TLS everywhere. */
  public static ImageSettings defaults() {
    return new ImageSettings(
        Duration.ofMinutes(10), Duration.ofMinutes(30), 4 * GIB, 4096, List.of());
  }

  /** The same with other registries that need no TLS. */
  public ImageSettings withInsecureRegistries(List<String> registries) {
    return new ImageSettings(pullLimit, buildLimit, buildMemoryBytes, buildProcesses, registries);
  }

  /** The same with other times. */
  public ImageSettings withLimits(Duration pull, Duration build) {
    return new ImageSettings(pull, build, buildMemoryBytes, buildProcesses, insecureRegistries);
  }
}
