package dev.paddock.server.config;

import dev.paddock.model.failure.InvalidException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which warm pools there are to be. */
final class PoolSettings {
  private static final String NAME = "PADDOCK_WARM_POOLS";
  private static final int LARGEST = 1_000;

  private PoolSettings() {}

  /**
   * Sizes by name of snapshot, from a text such as {@code default=3,opencode=1}.
   *
   * @throws InvalidException when the text is formed otherwise
   */
  static Map<String, Integer> read(Map<String, String> environment) {
    Map<String, Integer> sizes = new HashMap<>();
    for (String pool : environment.getOrDefault(NAME, "").split(",", -1)) {
      if (!pool.isBlank()) {
        add(sizes, pool.strip());
      }
    }
    return sizes;
  }

  private static void add(Map<String, Integer> sizes, String pool) {
    int equals = pool.indexOf('=');
    try {
      int size = Integer.parseInt(pool.substring(equals + 1).strip());
      if (equals > 0 && size >= 0 && size <= LARGEST) {
        sizes.put(pool.substring(0, equals).strip(), size);
        return;
      }
    } catch (NumberFormatException e) {
      throw malformed(pool, e);
    }
    throw malformed(pool, null);
  }

  private static InvalidException malformed(String pool, @Nullable Exception cause) {
    String message =
        NAME + " names snapshots with sizes of 0 to 1000, such as default=3,opencode=1: " + pool;
    return cause == null ? new InvalidException(message) : new InvalidException(message, cause);
  }
}
