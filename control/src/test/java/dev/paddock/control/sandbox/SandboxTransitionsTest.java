package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.SandboxId;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.sandbox.PreviewLink;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.model.sandbox.SandboxState;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxTransitionsTest {
  private static TestControl test;
  private static Sandboxes sandboxes;
  private static Caller caller;

  @BeforeAll
  static void open() {
    test = new TestControl();
    sandboxes = test.control().sandboxes();
    caller = test.caller();
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @AfterEach
  void clear() {
    test.runner().clear();
  }

  @Test
  void aSandboxStopsAndStarts() {
    String id = create();

    assertThat(sandboxes.stop(caller, id, false).status().state()).isEqualTo(SandboxState.STOPPED);
    assertThat(sandboxes.start(caller, id).status().state()).isEqualTo(SandboxState.STARTED);
  }

  @Test
  void aStartedSandboxDoesNotStartAgain() {
    String id = create();

    assertThatThrownBy(() -> sandboxes.start(caller, id))
        .isInstanceOf(InvalidException.class)
        .hasMessage("Sandbox is not in valid state");
  }

  @Test
  void aStoppedSandboxDoesNotStopAgain() {
    String id = create();
    sandboxes.stop(caller, id, true);

    assertThatThrownBy(() -> sandboxes.stop(caller, id, false))
        .isInstanceOf(InvalidException.class)
        .hasMessage("Sandbox is not in a stoppable state");
  }

  @Test
  void aSandboxThatDoesNotStartStaysStopped() {
    String id = create();
    sandboxes.stop(caller, id, false);
    test.runner()
        .at(
            Spot.BEFORE_START,
            () -> {
              throw new InvalidException("the disk is damaged");
            });

    assertThatThrownBy(() -> sandboxes.start(caller, id))
        .hasMessage("Sandbox failed to start: the disk is damaged");

    assertThat(sandboxes.get(caller, id).status().state()).isEqualTo(SandboxState.STOPPED);
  }

  @Test
  void anEphemeralSandboxIsGoneAfterItsStop() {
    String id = sandboxes.create(caller, Requests.deletedAfter(Requests.plain(), 0)).id().value();

    assertThat(sandboxes.stop(caller, id, false).status().state())
        .isEqualTo(SandboxState.DESTROYED);

    assertThatThrownBy(() -> sandboxes.get(caller, id)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aDeleteDuringACreateFindsNothingAndHurtsNothing() throws Exception {
    CountDownLatch creating = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    test.runner()
        .at(
            Spot.BEFORE_CREATE,
            () -> {
              creating.countDown();
              await(mayEnd);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Sandbox> create =
          threads.submit(() -> sandboxes.create(caller, Requests.named("in the making")));
      await(creating);

      assertThatThrownBy(() -> sandboxes.delete(caller, "in the making"))
          .isInstanceOf(NotFoundException.class);

      mayEnd.countDown();
      assertThat(create.get().status().state()).isEqualTo(SandboxState.STARTED);
    }
    sandboxes.delete(caller, "in the making");
  }

  @Test
  void aDeleteDuringAStopIsAConflictAndHurtsNothing() throws Exception {
    String id = create();
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    test.runner()
        .at(
            Spot.BEFORE_STOP,
            () -> {
              stopping.countDown();
              await(mayEnd);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Sandbox> stop = threads.submit(() -> sandboxes.stop(caller, id, false));
      await(stopping);

      assertThatThrownBy(() -> sandboxes.delete(caller, id))
          .isInstanceOf(ConflictException.class)
          .hasMessage("Sandbox state change in progress");

      mayEnd.countDown();
      assertThat(stop.get().status().state()).isEqualTo(SandboxState.STOPPED);
    }
  }

  @Test
  void aDeleteThatTheHostCannotFinishIsFinishedByTheReconciler() {
    SandboxId id = new SandboxId(create());
    test.runner()
        .at(
            Spot.BEFORE_DESTROY,
            () -> {
              throw new UnavailableException("host down");
            });

    assertThat(sandboxes.delete(caller, id.value()).status().state())
        .isEqualTo(SandboxState.DESTROYING);
    assertThat(test.runner().observe()).containsKey(id);

    test.runner().clear();
    test.control().reconcile();
    assertThat(test.runner().observe()).doesNotContainKey(id);
  }

  @Test
  void aSecondDeleteFindsNothing() {
    String id = create();

    assertThat(sandboxes.delete(caller, id).status().state()).isEqualTo(SandboxState.DESTROYED);

    assertThatThrownBy(() -> sandboxes.delete(caller, id)).isInstanceOf(NotFoundException.class);
    assertThat(sandboxes.access(new SandboxId(id))).isEmpty();
  }

  @Test
  void theHotPathSeesEveryChangeAtOnce() {
    SandboxId id = new SandboxId(create());
    assertThat(sandboxes.access(id).map(SandboxAccess::state)).contains(SandboxState.STARTED);

    sandboxes.setPublic(caller, id.value(), true);
    assertThat(sandboxes.access(id).map(SandboxAccess::isPublic)).contains(true);

    sandboxes.stop(caller, id.value(), true);
    assertThat(sandboxes.access(id).map(SandboxAccess::state)).contains(SandboxState.STOPPED);
  }

  @Test
  void aSandboxThatEndsByItselfIsRecordedAsStopped() {
    SandboxId id = new SandboxId(create());

    test.runner().exit(id);
    test.control().reconcile();

    assertThat(sandboxes.get(caller, id.value()).status().state()).isEqualTo(SandboxState.STOPPED);
  }

  @Test
  void thePreviewLinkStaysTheSameAfterAStopAndAStart() {
    String id = create();
    PreviewLink before = sandboxes.previewLink(caller, id, 3000);
    sandboxes.stop(caller, id, true);
    sandboxes.start(caller, id);

    assertThat(sandboxes.previewLink(caller, id, 3000)).isEqualTo(before);
    assertThat(before.url()).isEqualTo("http://3000-" + id + ".proxy.localhost:4000");
    assertThat(before.token()).matches("[0-9a-f]{32}");
    assertThat(sandboxes.access(new SandboxId(id)).map(SandboxAccess::previewToken))
        .contains(before.token());
  }

  @Test
  void portsOutOfRangeHaveNoPreview() {
    String id = create();
    for (int port : new int[] {0, -1, 70_000}) {
      assertThatThrownBy(() -> sandboxes.previewLink(caller, id, port))
          .isInstanceOf(InvalidException.class)
          .hasMessage("port must be between 1 and 65535");
    }
  }

  @Test
  void settingsAreKept() {
    String id = create();
    sandboxes.setAutoStop(caller, id, 0);
    sandboxes.setAutoArchive(caller, id, 0);
    sandboxes.setAutoDelete(caller, id, -7);
    sandboxes.replaceLabels(caller, id, Map.of("a", "1"));

    Sandbox sandbox = sandboxes.get(caller, id);

    assertThat(sandbox.intervals().stop()).isZero();
    assertThat(sandbox.intervals().archive()).isEqualTo(43_200);
    assertThat(sandbox.intervals().delete()).isEqualTo(-1);
    assertThat(sandbox.labels()).isEqualTo(Map.of("a", "1"));
    assertThatThrownBy(() -> sandboxes.setAutoStop(caller, id, -1))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void useIsWrittenDownLaterAndActivityAtOnce() {
    Sandbox sandbox = sandboxes.create(caller, Requests.plain());
    String id = sandbox.id().value();

    Sandbox active = sandboxes.recordActivity(caller, id);
    assertThat(active.times().lastActivityAt()).isAfter(sandbox.times().lastActivityAt());

    sandboxes.touch(sandbox.id());
    sandboxes.flush();
    assertThat(sandboxes.get(caller, id).times().lastActivityAt())
        .isAfterOrEqualTo(active.times().lastActivityAt());
  }

  private static String create() {
    return sandboxes.create(caller, Requests.plain()).id().value();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
