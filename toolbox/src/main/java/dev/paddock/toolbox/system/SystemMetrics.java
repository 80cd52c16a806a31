package dev.paddock.toolbox.system;

import dev.paddock.engine.agent.AgentMetrics;
import java.time.Instant;

/**
 * What a sandbox uses. Sizes are in bytes.
 *
 * @param cpuUsedPct share of its processors' time since the last question, 0 to 100
 * @param timestampUnix seconds
 */
public record SystemMetrics(
    int cpuCount,
    double cpuUsedPct,
    long memTotal,
    long memUsed,
    long memCache,
    long diskTotal,
    long diskUsed,
    long diskFree,
    Instant timestamp,
    long timestampUnix) {
  static SystemMetrics of(AgentMetrics metrics, Instant now) {
    return new SystemMetrics(
        metrics.processors(),
        metrics.cpuPercent(),
        metrics.memoryTotalBytes(),
        metrics.memoryBytes(),
        metrics.memoryCacheBytes(),
        metrics.diskTotalBytes(),
        metrics.diskUsedBytes(),
        metrics.diskTotalBytes() - metrics.diskUsedBytes(),
        now,
        now.getEpochSecond());
  }
}
