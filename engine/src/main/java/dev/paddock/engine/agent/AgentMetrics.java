package dev.paddock.engine.agent;

/**
 * Resource figures as seen from inside.
 *
 * @param cpuMicros CPU time used by all processes, in microseconds
 * @param memoryBytes resident memory of all processes
 * @param processes how many there are
 */
public record AgentMetrics(
    long cpuMicros, long memoryBytes, int processes, long diskTotalBytes, long diskUsedBytes) {}
