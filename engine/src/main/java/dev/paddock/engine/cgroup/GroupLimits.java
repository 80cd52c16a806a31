package dev.paddock.engine.cgroup;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The group of a sandbox in one hierarchy.
 *
 * @param name below the parent
 * @param isShared whether it exists already and other sandboxes are in it
 * @param settings what it is set to: values by file, in the order in which they are written
 */
public record GroupLimits(String name, boolean isShared, Map<String, String> settings) {
  static GroupLimits own(String name, Map<String, String> settings) {
    return new GroupLimits(name, false, settings);
  }

  static GroupLimits shared(String name) {
    return new GroupLimits(name, true, new LinkedHashMap<>());
  }
}
