package dev.paddock.api.sandbox;

import dev.paddock.model.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deleted sandboxes that may be read once more. Clients before 0.121 read a sandbox right after
 * they deleted it and report the deletion as failed when it is not found.
 */
final class LastReads {
  /** More deletions than clients can have in flight; older ones are forgotten. */
  static final int LIMIT = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Sandbox> open = new LinkedHashMap<>();

  /** Lets a sandbox be read once more, as it was after its deletion. */
  void allow(Sandbox deleted) {
    lock.lock();
    try {
      open.put(key(deleted.organizationId(), deleted.id().value()), deleted);
      if (open.size() > LIMIT) {
        open.remove(open.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last read of a sandbox, if it is still open to that organisation. */
  Optional<Sandbox> take(String organizationId, String id) {
    lock.lock();
    try {
      return Optional.ofNullable(open.remove(key(organizationId, id)));
    } finally {
      lock.unlock();
    }
  }

  private static String key(String organizationId, String id) {
    return organizationId + '/' + id;
  }
}
