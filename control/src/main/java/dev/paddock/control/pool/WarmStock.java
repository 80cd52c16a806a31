package dev.paddock.control.pool;

import dev.paddock.model.SandboxId;
import dev.paddock.model.pool.WarmPool;
import dev.paddock.model.sandbox.Sandbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The warm sandboxes of this process. Nothing here blocks. */
public final class WarmStock {
  private final Map<String, Shelf> shelves = new HashMap<>();
  private final Set<SandboxId> inHand = new HashSet<>();
  private Runnable onTaken = () -> {};

  /** The sandboxes of one pool, all of one kind. */
  private record Shelf(WarmKind kind, Deque<SandboxId> ready) {}

  /** A warm sandbox that is being put to use, or made, or destroyed. */
  public final class Claim implements AutoCloseable {
    private final SandboxId id;
    private final Runnable after;
    private boolean open = true;

    private Claim(SandboxId id, Runnable after) {
      this.id = id;
      this.after = after;
    }

    public SandboxId id() {
      return id;
    }

    @Override
    public void close() {
      synchronized (WarmStock.this) {
        release(this);
      }
      after.run();
    }
  }

  /** Registers what to do after each claim; it must not block. */
  synchronized void onTaken(Runnable action) {
    onTaken = action;
  }

  /** Takes one that can become the sandbox, the oldest first. */
  public synchronized Optional<Claim> claim(Sandbox sandbox) {
    WarmKind kind = WarmKind.of(sandbox);
    for (Shelf shelf : shelves.values()) {
      if (shelf.kind().equals(kind) && !shelf.ready().isEmpty()) {
        return Optional.of(take(shelf.ready().remove(), onTaken));
      }
    }
    return Optional.empty();
  }

  /** Whether the sandbox is warm, or becomes so, or just stops being it. */
  public synchronized boolean holds(SandboxId id) {
    return inHand.contains(id)
        || shelves.values().stream().anyMatch(shelf -> shelf.ready().contains(id));
  }

  /** One that is being made. */
  synchronized Claim begin(SandboxId id) {
    return take(id, () -> {});
  }

  /** Puts one that was made into its pool. */
  synchronized void put(WarmPool pool, Claim made) {
    release(made);
    WarmKind kind = WarmKind.of(pool);
    shelves
        .computeIfAbsent(pool.id(), key -> new Shelf(kind, new ArrayDeque<>()))
        .ready()
        .add(made.id);
  }

  /** Forgets one that ended by itself; returns whether it was there. */
  synchronized boolean lose(SandboxId id) {
    return shelves.values().stream().anyMatch(shelf -> shelf.ready().remove(id));
  }

  /** How many of the pool can be claimed. */
  synchronized int ready(String poolId) {
    Shelf shelf = shelves.get(poolId);
    return shelf == null ? 0 : shelf.ready().size();
  }

  /** Takes those that no pool wants any more: too many, or of a kind that it does not have now. */
  synchronized List<Claim> surplus(List<WarmPool> pools) {
    Map<String, WarmPool> wanted = new HashMap<>();
    pools.forEach(pool -> wanted.put(pool.id(), pool));
    List<Claim> surplus = new ArrayList<>();
    shelves
        .entrySet()
        .removeIf(entry -> {
          Shelf shelf = entry.getValue();
          WarmPool pool = wanted.get(entry.getKey());
          int keep =
              pool != null && pool.usable() && shelf.kind().equals(WarmKind.of(pool))
                  ? pool.size()
                  : 0;
          while (shelf.ready().size() > keep) {
            surplus.add(take(shelf.ready().remove(), () -> {}));
          }
          return keep == 0;
        });
    return surplus;
  }

  /** Takes any one, to make room. */
  synchronized Optional<Claim> any() {
    return shelves.values().stream()
        .filter(shelf -> !shelf.ready().isEmpty())
        .findFirst()
        .map(shelf -> take(shelf.ready().remove(), () -> {}));
  }

  private void release(Claim claim) {
    if (claim.open) {
      claim.open = false;
      inHand.remove(claim.id);
    }
  }

  private Claim take(SandboxId id, Runnable after) {
    inHand.add(id);
    return new Claim(id, after);
  }
}
