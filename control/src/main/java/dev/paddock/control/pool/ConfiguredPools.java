package dev.paddock.control.pool;

import dev.paddock.control.store.SnapshotStore;
import dev.paddock.control.store.WarmPoolStore;
import dev.paddock.model.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sets the sizes that the configuration names, once per start, as soon as the snapshots exist. */
final class ConfiguredPools {
  private final SnapshotStore snapshots;
  private final WarmPoolStore store;
  private final String organizationId;
  private final String region;
  private final Map<String, Integer> open;

  /**
   * @param sizes by name of snapshot
   * @param organizationId whose pools they are
   * @param region where their sandboxes run
   */
  ConfiguredPools(
      SnapshotStore snapshots,
      WarmPoolStore store,
      String organizationId,
      String region,
      Map<String, Integer> sizes) {
    this.snapshots = snapshots;
    this.store = store;
    this.organizationId = organizationId;
    this.region = region;
    this.open = new ConcurrentHashMap<>(sizes);
  }

  void apply() {
    open.forEach((name, size) -> {
      Optional<Snapshot> snapshot = snapshots.find(organizationId, name);
      snapshot.ifPresent(found -> {
        store.ensure(organizationId, found.id(), region, size);
        open.remove(name);
      });
    });
  }
}
