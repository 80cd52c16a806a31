package dev.paddock.engine.cgroup;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The group of a sandbox in one hierarchy.
 *
 * @param name below the parent
 * @param settings what it is set to: values by file, in the order in which they are written
 */
public record GroupLimits(String name, SequencedMap<String, String> settings) {
  /**
   * What is left to be written where {@code before}, which is no wider in anything, was written
   * already. The order is the other way round: a limit on several things together is set after
   * those on each, and has to be raised before them.
   */
  public GroupLimits widenedFrom(GroupLimits before) {
    SequencedMap<String, String> changes = new LinkedHashMap<>();
    settings
        .reversed()
        .forEach((file, value) -> {
          if (!value.equals(before.settings.get(file))) {
            changes.put(file, value);
          }
        });
    return new GroupLimits(name, changes);
  }
}
