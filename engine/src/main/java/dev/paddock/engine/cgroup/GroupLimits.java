package dev.paddock.engine.cgroup;

import java.util.Map;

/**
 * What a sandbox's group in one hierarchy is set to.
 *
 * @param settings values by file, in the order in which they are written
 */
public record GroupLimits(Map<String, String> settings) {}
