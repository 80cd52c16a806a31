package dev.paddock.control.sandbox;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.sandbox.SandboxAccess;
import java.time.Duration;
import java.util.Optional;

/** What the hot path knows of sandboxes, without a query per request. */
final class AccessCache {
  /** How long another process's change may go unnoticed; this one's own are seen at once. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final LoadingCache<SandboxId, Optional<SandboxAccess>> cache;

  AccessCache(SandboxStore store) {
    this.cache =
        Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(50_000).build(store::access);
  }

  Optional<SandboxAccess> get(SandboxId id) {
    return cache.get(id);
  }

  /** What is known without a query, if anything. */
  Optional<SandboxAccess> getIfPresent(SandboxId id) {
    Optional<SandboxAccess> known = cache.getIfPresent(id);
    return known == null ? Optional.empty() : known;
  }

  /** Notes what was just written down. */
  void put(SandboxAccess access) {
    cache.put(access.id(), Optional.of(access));
  }

  void invalidate(SandboxId id) {
    cache.invalidate(id);
  }
}
