package dev.paddock.control.sandbox;

import dev.paddock.control.image.ImagePlan;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.GoneException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxLifecycle;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import dev.paddock.model.snapshot.BuildInfo;
import dev.paddock.model.snapshot.BuildRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sandboxes whose image has to be fetched or built first.
 *
 * <p>The create waits for that, so that most callers get a started sandbox or the registry's
 * reason, and a failure leaves no row. Only when it takes longer than a client waits does the
 * create answer {@code BUILDING_SNAPSHOT}; the work goes on, and a failure is then recorded in the
 * row, because the caller knows its id.
 */
final class SandboxBuilds {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxBuilds.class);
  private static final List<SandboxState> STATES =
      List.of(SandboxState.PENDING_BUILD, SandboxState.BUILDING_SNAPSHOT);
  private static final SandboxStatus PENDING =
      SandboxStatus.of(SandboxState.PENDING_BUILD, DesiredState.STARTED);
  private static final SandboxStatus BUILDING =
      SandboxStatus.of(SandboxState.BUILDING_SNAPSHOT, DesiredState.STARTED);

  private final SandboxStore store;
  private final ImageSource images;
  private final SandboxLauncher launcher;
  private final Operations operations;
  private final ExecutorService background;
  private final Duration wait;
  private final Set<SandboxId> active = ConcurrentHashMap.newKeySet();

  SandboxBuilds(
      SandboxStore store,
      ImageSource images,
      SandboxLauncher launcher,
      Operations operations,
      ExecutorService background,
      Duration wait) {
    this.store = store;
    this.images = images;
    this.launcher = launcher;
    this.operations = operations;
    this.background = background;
    this.wait = wait;
  }

  /** Whether this process works on the sandbox. */
  boolean isActive(SandboxId id) {
    return active.contains(id);
  }

  /** Records the sandbox, brings its image in and makes it. */
  Sandbox create(Sandbox draft, String previewToken, ImagePlan plan) {
    Sandbox sandbox = draft.withStatus(PENDING);
    active.add(sandbox.id());
    AtomicBoolean answered = new AtomicBoolean();
    Future<Sandbox> work;
    try {
      store.announce(sandbox, previewToken);
      work = background.submit(() -> build(sandbox, plan, answered));
    } catch (RuntimeException e) {
      active.remove(sandbox.id());
      throw e;
    }
    try {
      return get(work, wait);
    } catch (TimeoutException tooLong) {
      return answerEarly(sandbox, work, answered);
    }
  }

  /** Goes on with a build whose id was given out before an earlier process ended. */
  void resume(SandboxId id) {
    if (active.add(id)) {
      Optional<Sandbox> building =
          store.find(id).filter(s -> s.status().state() == SandboxState.BUILDING_SNAPSHOT);
      if (building.isEmpty()) {
        active.remove(id);
        return;
      }
      background.execute(() -> resume(building.get()));
    }
  }

  private void resume(Sandbox sandbox) {
    BuildInfo info = sandbox.origin().build().orElseThrow();
    ImagePlan plan = ImagePlan.of(new BuildRequest(info.dockerfile(), info.contextHashes()));
    try {
      build(sandbox, plan, new AtomicBoolean(true));
    } catch (RuntimeException recorded) {
      LOG.info("Sandbox {} could not be made after all", sandbox.id());
    }
  }

  private Sandbox answerEarly(Sandbox sandbox, Future<Sandbox> work, AtomicBoolean answered) {
    if (answered.compareAndSet(false, true)) {
      store.transition(sandbox.id(), SandboxState.PENDING_BUILD, BUILDING);
      return store.find(sandbox.id()).orElseThrow(SandboxBuilds::deleted);
    }
    try {
      return get(work, wait);
    } catch (TimeoutException e) {
      throw new UnavailableException("The sandbox could not be cleared away in time", e);
    }
  }

  private Sandbox build(Sandbox sandbox, ImagePlan plan, AtomicBoolean answered) {
    try {
      images.provide(plan);
      return launch(sandbox);
    } catch (RuntimeException e) {
      fail(sandbox, e, answered);
      throw e;
    } finally {
      active.remove(sandbox.id());
    }
  }

  private Sandbox launch(Sandbox sandbox) {
    try (Operations.Operation operation = operations.begin(sandbox.id())) {
      Sandbox current = store.find(operation.id()).orElseThrow(SandboxBuilds::deleted);
      if (!STATES.contains(current.status().state())) {
        throw deleted();
      }
      return launcher.launch(current, STATES);
    }
  }

  private void fail(Sandbox sandbox, RuntimeException reason, AtomicBoolean answered) {
    SandboxId id = sandbox.id();
    if (answered.compareAndSet(false, true)) {
      launcher.undo(id, STATES);
      return;
    }
    if (background.isShutdown()) {
      return; // Interrupted, not failed: the next start goes on with it.
    }
    boolean foreseen = reason instanceof PaddockException;
    if (!foreseen) {
      LOG.error("Sandbox {} could not be made", id, reason);
    }
    String message = foreseen ? reason.getMessage() : "The sandbox could not be made";
    SandboxStatus failed = SandboxLifecycle.buildFailed(message == null ? "" : message);
    STATES.forEach(state -> store.transition(id, state, failed));
  }

  private static Sandbox get(Future<Sandbox> work, Duration limit) throws TimeoutException {
    try {
      return work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("A build threw an error", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The server is stopping", e);
    }
  }

  private static GoneException deleted() {
    return new GoneException("The sandbox was deleted while its image was made");
  }
}
