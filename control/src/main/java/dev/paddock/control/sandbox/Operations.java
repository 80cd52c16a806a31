package dev.paddock.control.sandbox;

import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.sandbox.SandboxLifecycle;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The changes of sandboxes at work in this process: at most one per sandbox. */
final class Operations {
  private final Set<SandboxId> busy = ConcurrentHashMap.newKeySet();

  /**
   * Begins a change, which ends when the result is closed.
   *
   * @throws ConflictException while another one is at work
   */
  Operation begin(SandboxId id) {
    return tryBegin(id).orElseThrow(() -> new ConflictException(SandboxLifecycle.IN_PROGRESS));
  }

  /** Begins a change unless another one is at work. */
  Optional<Operation> tryBegin(SandboxId id) {
    return busy.add(id) ? Optional.of(new Operation(id)) : Optional.empty();
  }

  boolean isBusy(SandboxId id) {
    return busy.contains(id);
  }

  /** One change at work. */
  final class Operation implements AutoCloseable {
    private final SandboxId id;

    private Operation(SandboxId id) {
      this.id = id;
    }

    SandboxId id() {
      return id;
    }

    @Override
    public void close() {
      busy.remove(id);
    }
  }
}
