package dev.paddock.control.sandbox;

import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.runner.Runner;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxLifecycle;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes recorded sandboxes on the host, and undoes that. */
final class SandboxLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxLauncher.class);
  private static final SandboxStatus STARTED = SandboxLifecycle.complete(SandboxState.CREATING);
  private static final SandboxStatus DESTROYING =
      SandboxStatus.of(SandboxState.DESTROYING, DesiredState.DESTROYED);

  private final SandboxStore store;
  private final Runner runner;
  private final AccessCache access;

  SandboxLauncher(SandboxStore store, Runner runner, AccessCache access) {
    this.store = store;
    this.runner = runner;
    this.access = access;
  }

  /**
   * Makes the sandbox and records that it runs. Its caller holds its operation.
   *
   * @param from states that its record may be in
   * @throws InvalidException when the host cannot make it
   */
  Sandbox launch(Sandbox sandbox, List<SandboxState> from) {
    create(sandbox);
    for (SandboxState state : from) {
      if (store.transition(sandbox.id(), state, STARTED)) {
        access.invalidate(sandbox.id());
        return sandbox.withStatus(STARTED);
      }
    }
    throw new ConflictException("The sandbox was changed while it was made; try again");
  }

  /**
   * Removes the sandbox from the host, then its record. Its caller holds its operation.
   *
   * @return false when the host could not; the record then says that it is to be destroyed, and the
   *     reconciler tries again
   */
  boolean discard(SandboxId id) {
    try {
      runner.destroy(id);
      store.remove(id);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Sandbox {} could not be removed and is tried again", id, e);
      return false;
    } finally {
      access.invalidate(id);
    }
  }

  /** The same for a sandbox whose making failed, in whatever state its record is. */
  void undo(SandboxId id, List<SandboxState> from) {
    if (!discard(id)) {
      for (SandboxState state : from) {
        store.transition(id, state, DESTROYING);
      }
    }
  }

  private void create(Sandbox sandbox) {
    try {
      runner.create(sandbox.spec());
    } catch (InvalidException e) {
      throw new InvalidException("Sandbox failed to start: " + e.getMessage(), e);
    }
  }
}
