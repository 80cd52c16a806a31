package dev.paddock.control.sandbox;

import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.Runner;
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

  Repairs(
      SandboxStore store, Runner runner, SandboxTransitions transitions, SandboxLauncher launcher) {
    this.store = store;
    this.runner = runner;
    this.transitions = transitions;
    this.launcher = launcher;
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
      case START -> store.find(id).ifPresent(sandbox -> transitions.finishStart(sandbox, from));
      case STOP -> {
        runner.stop(id, Duration.ZERO);
        transitions.record(id, from, SandboxLifecycle.complete(SandboxState.STOPPING));
      }
      case RECORD_STARTED ->
          transitions.record(id, from, SandboxLifecycle.complete(SandboxState.STARTING));
      case RECORD_STOPPED ->
          transitions.record(id, from, SandboxLifecycle.complete(SandboxState.STOPPING));
      case RECORD_LOST -> transitions.record(id, from, LOST);
      case DESTROY, RESUME_BUILD -> throw new IllegalArgumentException("Not for here: " + repair);
    }
  }
}
