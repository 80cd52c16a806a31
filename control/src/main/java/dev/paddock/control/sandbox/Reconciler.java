package dev.paddock.control.sandbox;

import dev.paddock.control.pool.WarmStock;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.ObservedState;
import dev.paddock.model.runner.Runner;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records and host together: repairs what a crash interrupted, and records what sandboxes
 * did by themselves. It never touches a sandbox on which this process works, or which it keeps
 * warm.
 *
 * <p>A pass looks twice. The first look is taken while others work, so its halves may belong to
 * different moments; it only says where to look again. The second is taken with the operations of
 * those sandboxes held.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int AT_A_TIME = 4;

  private final SandboxStore store;
  private final Runner runner;
  private final Operations operations;
  private final WarmStock warm;
  private final SandboxBuilds builds;
  private final SandboxLauncher launcher;
  private final Repairs repairs;
  private final ExecutorService background;
  private final ReentrantLock onePass = new ReentrantLock();

  Reconciler(
      SandboxStore store,
      Runner runner,
      Operations operations,
      WarmStock warm,
      SandboxBuilds builds,
      SandboxLauncher launcher,
      Repairs repairs,
      ExecutorService background) {
    this.store = store;
    this.runner = runner;
    this.operations = operations;
    this.warm = warm;
    this.builds = builds;
    this.launcher = launcher;
    this.repairs = repairs;
    this.background = background;
  }

  /** One pass; blocks until its repairs are done. A repair that fails is left for the next pass. */
  public void pass() {
    List<Operations.Operation> held = new ArrayList<>();
    // Else a pass would skip what another one holds, and return before that is repaired.
    onePass.lock();
    try {
      differences()
          .forEach((id, difference) -> {
            if (difference.repair() == Repair.RESUME_BUILD) {
              builds.resume(id);
            } else {
              operations.tryLook(id).ifPresent(held::add);
            }
          });
      if (!held.isEmpty()) {
        Map<SandboxId, Difference> confirmed = differences();
        confirmed.keySet().retainAll(held.stream().map(Operations.Operation::id).toList());
        confirmed.values().removeIf(difference -> difference.repair() == Repair.RESUME_BUILD);
        settle(held, confirmed.keySet());
        apply(confirmed);
      }
    } finally {
      held.forEach(Operations.Operation::close);
      onePass.unlock();
    }
  }

  /** Lets go of the sandboxes that need no repair: somebody may wait for them. */
  private static void settle(List<Operations.Operation> held, Set<SandboxId> needed) {
    for (Operations.Operation operation : held) {
      if (needed.contains(operation.id())) {
        operation.change();
      } else {
        operation.close();
      }
    }
  }

  /** Whether this process works on the sandbox, so that what it does now is no surprise. */
  public boolean isBusy(SandboxId id) {
    return operations.isBusy(id);
  }

  private record Difference(Optional<SandboxState> recorded, Repair repair) {}

  private Map<SandboxId, Difference> differences() {
    Map<SandboxId, ObservedState> observed = runner.observe();
    Map<SandboxId, SandboxStatus> recorded = store.statuses();
    Set<SandboxId> all = new HashSet<>(observed.keySet());
    all.addAll(recorded.keySet());
    Set<SandboxId> doomed = launcher.doomed();
    all.addAll(doomed);
    Map<SandboxId, Difference> differences = new HashMap<>();
    for (SandboxId id : all) {
      Optional<SandboxState> state =
          Optional.ofNullable(recorded.get(id)).map(SandboxStatus::state);
      Optional<Repair> repair =
          doomed.contains(id)
              ? Optional.of(Repair.DESTROY)
              : Repair.of(state, Optional.ofNullable(observed.get(id)));
      boolean kept = builds.isActive(id) || (state.isEmpty() && warm.holds(id));
      if (!kept) {
        repair.ifPresent(needed -> differences.put(id, new Difference(state, needed)));
      }
    }
    return differences;
  }

  private void apply(Map<SandboxId, Difference> differences) {
    Semaphore slots = new Semaphore(AT_A_TIME);
    List<Future<?>> work = new ArrayList<>();
    differences.forEach(
        (id, difference) -> work.add(background.submit(() -> apply(id, difference, slots))));
    for (Future<?> repair : work) {
      try {
        repair.get();
      } catch (ExecutionException e) {
        LOG.warn("A sandbox could not be repaired and is tried again", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void apply(SandboxId id, Difference difference, Semaphore slots) {
    slots.acquireUninterruptibly();
    try {
      LOG.info("Sandbox {}: {}", id, difference.repair());
      repairs.apply(id, difference.recorded(), difference.repair());
    } finally {
      slots.release();
    }
  }
}
