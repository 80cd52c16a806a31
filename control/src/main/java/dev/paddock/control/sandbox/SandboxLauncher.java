package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Admission;
import dev.paddock.control.admission.Presence;
import dev.paddock.control.store.PendingSandbox;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.runner.Runner;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.model.sandbox.SandboxLifecycle;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sandboxes on the host, and undoes that. What cannot be undone at once is remembered for the
 * reconciler.
 */
final class SandboxLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxLauncher.class);
  private static final SandboxStatus STARTED = SandboxLifecycle.complete(SandboxState.CREATING);
  private static final SandboxStatus DESTROYING =
      SandboxStatus.of(SandboxState.DESTROYING, DesiredState.DESTROYED);

  private final SandboxStore store;
  private final Runner runner;
  private final AccessCache access;
  private final Admission admission;
  private final Set<SandboxId> doomed = ConcurrentHashMap.newKeySet();

  SandboxLauncher(SandboxStore store, Runner runner, AccessCache access, Admission admission) {
    this.store = store;
    this.runner = runner;
    this.access = access;
    this.admission = admission;
  }

  /**
   * Makes a sandbox that has no record yet, and records that it runs; nothing is left of it when
   * either fails. Its caller holds its operation.
   *
   * @param presence whether its caller still waits
   * @throws InvalidException when the host cannot make it
   * @throws ConflictException when its name is taken
   * @throws HostFullException when the host has no room for it
   */
  Sandbox launch(Sandbox draft, String previewToken, Presence presence) {
    return launch(
        draft, previewToken, () -> admission.enter(draft.id(), draft.resources(), presence));
  }

  /** The same for one that was prepared under its id, and has its room on the host. */
  Sandbox claim(Sandbox draft, String previewToken) {
    return launch(draft, previewToken, () -> admission.claim(draft.id(), draft.resources()));
  }

  private Sandbox launch(Sandbox draft, String previewToken, Supplier<Admission.Grant> entry) {
    Sandbox sandbox = draft.withStatus(STARTED);
    try (Admission.Grant grant = entry.get()) {
      make(sandbox, previewToken, grant);
      grant.keep();
    }
    access.put(
        new SandboxAccess(
            sandbox.id(),
            sandbox.organizationId(),
            SandboxState.STARTED,
            sandbox.isPublic(),
            previewToken,
            SigningKeys.FIRST_VERSION));
    return sandbox;
  }

  private void make(Sandbox sandbox, String previewToken, Admission.Grant grant) {
    try (PendingSandbox row = store.begin(sandbox, previewToken)) {
      create(sandbox);
      grant.worked();
      row.commit();
    } catch (RuntimeException e) {
      if (!discard(sandbox.id())) {
        grant.keep(); // Its processes may go on until the reconciler is through with it.
      }
      throw e;
    }
  }

  /**
   * Makes a recorded sandbox and records that it runs. Its caller holds its operation.
   *
   * @param from states that its record may be in
   * @throws InvalidException when the host cannot make it
   * @throws HostFullException when the host has no room for it
   */
  Sandbox launch(Sandbox sandbox, List<SandboxState> from) {
    try (Admission.Grant grant =
        admission.enter(sandbox.id(), sandbox.resources(), Presence.CERTAIN)) {
      create(sandbox);
      grant.worked();
      for (SandboxState state : from) {
        if (store.transition(sandbox.id(), state, STARTED)) {
          access.invalidate(sandbox.id());
          grant.keep();
          return sandbox.withStatus(STARTED);
        }
      }
    }
    throw new ConflictException("The sandbox was changed while it was made; try again");
  }

  /**
   * Removes the sandbox from the host, then its record if there is any: of an insert that was cut
   * off nobody knows whether it was done. Its caller holds its operation.
   *
   * @return false when that failed; the reconciler tries again
   */
  boolean discard(SandboxId id) {
    return finish(
        id,
        () -> {
          runner.destroy(id);
          store.remove(id);
        });
  }

  /**
   * Removes a sandbox whose record is gone from the host. Its caller holds its operation.
   *
   * @return false when that failed; the reconciler tries again
   */
  boolean clear(SandboxId id) {
    return finish(id, () -> runner.destroy(id));
  }

  /** The sandboxes of which nothing is to be left, and something is. */
  Set<SandboxId> doomed() {
    return Set.copyOf(doomed);
  }

  private boolean finish(SandboxId id, Runnable removal) {
    try {
      removal.run();
      admission.release(id);
      doomed.remove(id);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Sandbox {} could not be removed and is tried again", id, e);
      doomed.add(id);
      return false;
    } finally {
      access.invalidate(id);
    }
  }

  /** Discards a recorded sandbox whose making failed, in whatever state its record is. */
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
