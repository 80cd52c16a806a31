package dev.paddock.control.admission;

import java.time.Duration;

/**
 * How much a host takes on.
 *
 * <p>What sandboxes may use at most is promised to them, not set aside, and most sandboxes idle at
 * a few MiB and no CPU at all. So the factors only bound promises that could never be kept, and are
 * generous; what memory is really left is looked at for every start besides, see {@link
 * #KEPT_FREE}. With {@link #standard} 1,000 idle sandboxes of 1 CPU and 1 GiB fit on 2 cores and 24
 * GiB. Who sells what was promised sets both factors to 1.
 *
 * @param atOnce creates and starts that are worked on at a time, at least 1
 * @param waiting how many more may wait for their turn
 * @param patience how long each may wait
 * @param cpuOvercommit CPUs of all running sandboxes together, per CPU of the host
 * @param memoryOvercommit memory of all running sandboxes together, per byte of the host's
 */
public record AdmissionLimits(
    int atOnce, int waiting, Duration patience, double cpuOvercommit, double memoryOvercommit) {
  /** The part of the host's memory that must really be free, or else nothing is started. */
  public static final double KEPT_FREE = 0.05;

  /**
   * The usual limits. One start for each CPU, and one more that waits for the disk meanwhile: any
   * more make all of them slower, and the first command of those that were made wait. A client
   * waits 60 seconds for its sandbox, so half of that may be spent waiting.
   *
   * @param cpus of the host
   */
  public static AdmissionLimits standard(int cpus) {
    return new AdmissionLimits(cpus + 1, 1_000, Duration.ofSeconds(30), 1_000, 64);
  }
}
