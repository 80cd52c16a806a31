package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Admission;
import dev.paddock.control.admission.Presence;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.runner.Runner;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxCommand;
import dev.paddock.model.sandbox.SandboxLifecycle;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Starts, stops and destroys. Each writes first what is wanted, so that the reconciler can finish
 * it, then has the host do it; starts and stops then write that it is done. No lock and no
 * connection is held meanwhile.
 */
final class SandboxTransitions {
  /** What container engines give a process to end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final SandboxStatus STOPPED = SandboxLifecycle.complete(SandboxState.STOPPING);

  private static final SandboxStatus DESTROYING =
      SandboxStatus.of(SandboxState.DESTROYING, DesiredState.DESTROYED);
  private static final SandboxStatus DESTROYED =
      SandboxStatus.of(SandboxState.DESTROYED, DesiredState.DESTROYED);

  private final SandboxStore store;
  private final Runner runner;
  private final SandboxLauncher launcher;
  private final Operations operations;
  private final AccessCache access;
  private final Admission admission;

  SandboxTransitions(
      SandboxStore store,
      Runner runner,
      SandboxLauncher launcher,
      Operations operations,
      AccessCache access,
      Admission admission) {
    this.store = store;
    this.runner = runner;
    this.launcher = launcher;
    this.operations = operations;
    this.access = access;
    this.admission = admission;
  }

  void start(Sandbox sandbox, Presence presence) {
    try (var _ = operations.begin(sandbox.id())) {
      SandboxLifecycle.begin(sandbox.status().state(), SandboxCommand.START);
      try (Admission.Grant grant = admission.enter(sandbox.id(), sandbox.resources(), presence)) {
        SandboxStatus next = begin(sandbox, SandboxCommand.START);
        finishStart(sandbox, next.state());
        grant.keep();
      }
    }
  }

  void stop(Sandbox sandbox, boolean force) {
    try (Operations.Operation operation = operations.begin(sandbox.id())) {
      begin(sandbox, SandboxCommand.STOP);
      finishStop(operation.id(), force ? Duration.ZERO : GRACE);
    }
  }

  /**
   * Takes the record away, then has the host destroy what it has: after a crash in between, the
   * reconciler does that, as with everything that has no record.
   *
   * @return the sandbox, {@code DESTROYED}, or {@code DESTROYING} when the reconciler must go on;
   *     empty when the organisation has none of that id in a state that allows it
   */
  Optional<Sandbox> destroy(String organizationId, SandboxId id) {
    try (Operations.Operation operation = operations.begin(id)) {
      return store
          .take(organizationId, operation.id(), SandboxLifecycle.DESTROYABLE)
          .map(taken -> taken.withStatus(launcher.clear(id) ? DESTROYED : DESTROYING));
    }
  }

  /** The rest of a start that is recorded. A sandbox that does not start stays stopped. */
  void finishStart(Sandbox sandbox, SandboxState from) {
    try {
      runner.start(sandbox.spec());
    } catch (RuntimeException e) {
      record(sandbox.id(), from, STOPPED);
      if (e instanceof InvalidException) {
        throw new InvalidException("Sandbox failed to start: " + e.getMessage(), e);
      }
      throw e;
    }
    record(sandbox.id(), from, SandboxLifecycle.complete(SandboxState.STARTING));
  }

  /** The rest of a stop that is recorded. */
  void finishStop(SandboxId id, Duration grace) {
    runner.stop(id, grace);
    admission.release(id);
    record(id, SandboxState.STOPPING, STOPPED);
  }

  /** Writes a status down, unless the sandbox has left {@code from}. */
  boolean record(SandboxId id, SandboxState from, SandboxStatus to) {
    try {
      return store.transition(id, from, to);
    } finally {
      access.invalidate(id);
    }
  }

  private SandboxStatus begin(Sandbox sandbox, SandboxCommand command) {
    SandboxState from = sandbox.status().state();
    SandboxStatus next = SandboxLifecycle.begin(from, command);
    if (!record(sandbox.id(), from, next)) {
      throw new ConflictException(SandboxLifecycle.IN_PROGRESS);
    }
    return next;
  }
}
