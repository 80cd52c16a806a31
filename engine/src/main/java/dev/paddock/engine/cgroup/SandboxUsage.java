package dev.paddock.engine.cgroup;

/**
 * What a running sandbox uses now, as its control groups say.
 *
 * @param cpuMicros processor time since it started; on version 2 of control groups since its groups
 *     were made, which may have been for another
 * @param memoryBytes memory, with its share of the page cache
 * @param memoryLimitBytes memory it may use
 * @param processes processes and threads
 */
public record SandboxUsage(
    long cpuMicros, long memoryBytes, long memoryLimitBytes, int processes) {}
