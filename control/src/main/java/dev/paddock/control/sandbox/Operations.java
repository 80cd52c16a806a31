package dev.paddock.control.sandbox;

import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.sandbox.SandboxLifecycle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The changes of sandboxes at work in this process: at most one per sandbox. */
final class Operations {
  /** A look takes as long as a query and a listing of directories. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Map<SandboxId, Operation> busy = new ConcurrentHashMap<>();

  /**
   * Begins a change, which ends when the result is closed. Waits while somebody only looks.
   *
   * @throws ConflictException while another one is at work
   */
  Operation begin(SandboxId id) {
    Operation operation = new Operation(id, false);
    Operation holder = busy.putIfAbsent(id, operation);
    while (holder != null) {
      if (!holder.awaitLook()) {
        throw new ConflictException(SandboxLifecycle.IN_PROGRESS);
      }
      holder = busy.putIfAbsent(id, operation);
    }
    return operation;
  }

  /** Begins a change unless another one is at work. */
  Optional<Operation> tryBegin(SandboxId id) {
    return tryHold(new Operation(id, false));
  }

  /** Holds a sandbox that may turn out to need no change, unless another one is at work. */
  Optional<Operation> tryLook(SandboxId id) {
    return tryHold(new Operation(id, true));
  }

  private Optional<Operation> tryHold(Operation operation) {
    return busy.putIfAbsent(operation.id(), operation) == null
        ? Optional.of(operation)
        : Optional.empty();
  }

  boolean isBusy(SandboxId id) {
    return busy.containsKey(id);
  }

  /** One change at work, or a look at whether one is needed. */
  final class Operation implements AutoCloseable {
    private final SandboxId id;
    private final CountDownLatch looked;
    private volatile boolean changes;

    private Operation(SandboxId id, boolean looks) {
      this.id = id;
      this.looked = new CountDownLatch(looks ? 1 : 0);
      this.changes = !looks;
    }

    SandboxId id() {
      return id;
    }

    /** The look showed that a change is needed, which begins. */
    void change() {
      changes = true;
      looked.countDown();
    }

    private boolean awaitLook() {
      try {
        return looked.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) && !changes;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnavailableException("The server is stopping", e);
      }
    }

    @Override
    public void close() {
      busy.remove(id, this);
      looked.countDown();
    }
  }
}
