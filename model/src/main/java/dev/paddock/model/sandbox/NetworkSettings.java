package dev.paddock.model.sandbox;

import java.util.Optional;

/**
 * What a sandbox may reach.
 *
 * @param blockAll nothing at all
 * @param allowList comma-separated IPv4 networks, at most ten
 * @param domainAllowList comma-separated host names, at most ten
 */
public record NetworkSettings(
    boolean blockAll, Optional<String> allowList, Optional<String> domainAllowList) {
  /** Everything outside may be reached. */
  public static final NetworkSettings OPEN =
      new NetworkSettings(false, Optional.empty(), Optional.empty());
}
