package dev.paddock.control.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.paddock.control.store.SnapshotStore;
import dev.paddock.model.snapshot.Snapshot;
import dev.paddock.model.snapshot.SnapshotState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The snapshots that sandboxes are being made from, without a query per sandbox. */
final class UsableSnapshots {
  /** How long another process's change may go unnoticed; this one's own are seen at once. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final SnapshotStore store;
  private final Cache<Key, Snapshot> active =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(10_000).build();

  private final AtomicLong changes = new AtomicLong();
  private volatile Runnable onChange = () -> {};

  /**
   * @param changes how many there had been when the look-up began: what it found may be outdated by
   *     the next one
   */
  private record Key(String organizationId, String idOrName, long changes) {}

  UsableSnapshots(SnapshotStore store) {
    this.store = store;
  }

  /** As {@link SnapshotStore#find}; what is not active is looked up each time. */
  Optional<Snapshot> get(String organizationId, String idOrName) {
    Key key = new Key(organizationId, idOrName, changes.get());
    Snapshot known = active.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Snapshot> found = store.find(organizationId, idOrName);
    found.filter(s -> s.state() == SnapshotState.ACTIVE).ifPresent(s -> active.put(key, s));
    return found;
  }

  /** To be called after every change of a snapshot that was active, is, or hides one that is. */
  void clear() {
    changes.incrementAndGet();
    active.invalidateAll();
    onChange.run();
  }

  void onChange(Runnable action) {
    onChange = action;
  }
}
