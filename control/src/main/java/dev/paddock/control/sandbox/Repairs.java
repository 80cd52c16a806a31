package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Admission;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.Runner;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxLifecycle;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import java.time.Duration;
import java.util.Optional;

/** Carries repairs out. */
final class Repairs {
  private static final SandboxStatus LOST =
      SandboxLifecycle.failed("The host does not hold this sandbox's files any more; delete it");

  private final SandboxStore store;
  private final Runner runner;
  private final SandboxTransitions transitions;
  private final SandboxLauncher launcher;
  private final Admission admission;

  Repairs(
      SandboxStore store,
      Runner runner,
      SandboxTransitions transitions,
      SandboxLauncher launcher,
      Admission admission) {
    this.store = store;
    this.runner = runner;
    this.transitions = transitions;
    this.launcher = launcher;
    this.admission = admission;
  }

  /**
   * Repairs a sandbox whose operation the caller holds.
   *
   * @param recorded its state in the database; only {@code DESTROY} does without it; never {@code
   *     RESUME_BUILD}, which takes the operation itself
   */
  void apply(SandboxId id, Optional<SandboxState> recorded, Repair repair) {
    if (repair == Repair.DESTROY) {
      launcher.discard(id);
      return;
    }
    SandboxState from = recorded.orElseThrow();
    switch (repair) {
      case START -> store.find(id).ifPresent(sandbox -> start(sandbox, from));
      case STOP -> {
        runner.stop(id, Duration.ZERO);
        ended(id, from, SandboxLifecycle.complete(SandboxState.STOPPING));
      }
      case RECORD_STARTED ->
          transitions.record(id, from, SandboxLifecycle.complete(SandboxState.STARTING));
      case RECORD_STOPPED -> ended(id, from, SandboxLifecycle.complete(SandboxState.STOPPING));
      case RECORD_LOST -> ended(id, from, LOST);
      case DESTROY, RESUME_BUILD -> throw new IllegalArgumentException("Not for here: " + repair);
    }
  }

  /** What was begun is finished, whether or not the host would take it on anew. */
  private void start(Sandbox sandbox, SandboxState from) {
    admission.adopt(sandbox.id(), sandbox.resources());
    try {
      transitions.finishStart(sandbox, from);
    } catch (RuntimeException e) {
      admission.release(sandbox.id());
      throw e;
    }
  }

  private void ended(SandboxId id, SandboxState from, SandboxStatus status) {
    admission.release(id);
    transitions.record(id, from, status);
  }
}
