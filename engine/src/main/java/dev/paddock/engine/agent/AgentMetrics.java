package dev.paddock.engine.agent;

/**
 * Resource figures as seen from inside. One that the sandbox does not show is 0.
 *
 * @param cpuMicros CPU time used by all processes, in microseconds
 * @param memoryBytes memory in use
 * @param processes how many there are
 * @param memoryTotalBytes memory that the sandbox may use
 * @param memoryCacheBytes memory that holds copies of files and is given back when it is needed
 * @param processors how many processors the sandbox may run on
 * @param cpuPercent share of the processors' time since it was last asked for, 0 to 100
 */
public record AgentMetrics(
    long cpuMicros,
    long memoryBytes,
    int processes,
    long diskTotalBytes,
    long diskUsedBytes,
    long memoryTotalBytes,
    long memoryCacheBytes,
    int processors,
    double cpuPercent) {}
