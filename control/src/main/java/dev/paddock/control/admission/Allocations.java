package dev.paddock.control.admission;

import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.HostCapacity;
import java.util.HashMap;
import java.util.Map;

/** What is promised to running sandboxes. Guarded by its owner. */
final class Allocations {
  private static final long GIB = 1L << 30;

  private final AdmissionLimits limits;
  private final Map<SandboxId, Resources> promised = new HashMap<>();
  private long cpus;
  private long memoryGib;

  Allocations(AdmissionLimits limits) {
    this.limits = limits;
  }

  /** Whether a host without any sandbox could take it. */
  boolean isPossible(Resources size, HostCapacity host) {
    return isWithin(size.cpu(), size.memoryGib(), host);
  }

  /** Whether the host can take it now. */
  boolean hasRoom(Resources size, HostCapacity host) {
    return isWithin(cpus + size.cpu(), memoryGib + size.memoryGib(), host)
        && host.availableBytes() >= host.memoryBytes() * AdmissionLimits.KEPT_FREE;
  }

  void add(SandboxId id, Resources size) {
    remove(id);
    promised.put(id, size);
    cpus += size.cpu();
    memoryGib += size.memoryGib();
  }

  void remove(SandboxId id) {
    Resources size = promised.remove(id);
    if (size != null) {
      cpus -= size.cpu();
      memoryGib -= size.memoryGib();
    }
  }

  private boolean isWithin(long wantedCpus, long wantedGib, HostCapacity host) {
    return wantedCpus <= host.cpus() * limits.cpuOvercommit()
        && wantedGib * GIB <= host.memoryBytes() * limits.memoryOvercommit();
  }
}
