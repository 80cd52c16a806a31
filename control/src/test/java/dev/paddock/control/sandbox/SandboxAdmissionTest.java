package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.runner.HostCapacity;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host of these tests has room for two sandboxes of the default size, or for a hundred. */
@Timeout(60)
class SandboxAdmissionTest {
  private static final long GIB = 1L << 30;
  private static final HostCapacity TWO = new HostCapacity(2, 4 * GIB, 4 * GIB);
  private static final AdmissionLimits BRIEF =
      new AdmissionLimits(2, 1_000, Duration.ofMillis(50), 1, 1);

  @Test
  void aHundredCreatesAtOnceAllSucceedAFewAtATime() throws Exception {
    AdmissionLimits patient = new AdmissionLimits(2, 1_000, Duration.ofSeconds(50), 50, 50);
    try (TestControl test = new TestControl(patient);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      test.runner().capacity(TWO);
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      test.runner()
          .at(
              Spot.BEFORE_CREATE,
              () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                LockSupport.parkNanos(1_000_000);
                now.decrementAndGet();
              });

      Callable<Sandbox> create =
          () -> test.control().sandboxes().create(test.caller(), Requests.plain());
      List<Future<Sandbox>> answers = threads.invokeAll(Collections.nCopies(100, create));

      for (Future<Sandbox> answer : answers) {
        assertThat(answer.get().status().state()).isEqualTo(SandboxState.STARTED);
      }
      assertThat(most).hasValue(2);
    }
  }

  @Test
  void aFullHostTurnsAwayUntilASandboxIsDeletedOrStopped() {
    try (TestControl test = new TestControl(BRIEF)) {
      test.runner().capacity(TWO);
      Sandboxes sandboxes = test.control().sandboxes();
      Sandbox first = create(test);
      Sandbox second = create(test);
      assertThatThrownBy(() -> create(test)).isInstanceOf(HostFullException.class);

      sandboxes.delete(test.caller(), first.id().value());
      create(test);
      assertThatThrownBy(() -> create(test)).isInstanceOf(HostFullException.class);

      sandboxes.stop(test.caller(), second.id().value(), true);
      create(test);
    }
  }

  @Test
  void aStoppedSandboxThatFindsNoRoomStaysStopped() {
    try (TestControl test = new TestControl(BRIEF)) {
      test.runner().capacity(TWO);
      Sandboxes sandboxes = test.control().sandboxes();
      String stopped = create(test).id().value();
      sandboxes.stop(test.caller(), stopped, true);
      create(test);
      create(test);

      assertThatThrownBy(() -> sandboxes.start(test.caller(), stopped))
          .isInstanceOf(HostFullException.class);

      assertThat(sandboxes.get(test.caller(), stopped).status().state())
          .isEqualTo(SandboxState.STOPPED);
    }
  }

  @Test
  void aSandboxThatEndsByItselfMakesRoom() {
    try (TestControl test = new TestControl(BRIEF)) {
      test.runner().capacity(TWO);
      Sandbox first = create(test);
      create(test);

      test.runner().exit(first.id());
      test.control().reconcile();

      create(test);
    }
  }

  @Test
  void aServerThatComesBackCountsWhatRuns() {
    try (TestControl test = new TestControl(BRIEF)) {
      test.runner().capacity(TWO);
      create(test);
      create(test);

      test.restart();

      assertThatThrownBy(() -> create(test)).isInstanceOf(HostFullException.class);
    }
  }

  @Test
  void aCreateThatFailsTakesNoRoom() {
    try (TestControl test = new TestControl(BRIEF)) {
      test.runner().capacity(TWO);
      test.runner()
          .at(
              Spot.BEFORE_CREATE,
              () -> {
                throw new IllegalStateException("the host stumbles");
              });
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> create(test)).hasMessage("the host stumbles");
      }
      test.runner().clear();

      create(test);
      create(test);
    }
  }

  private static Sandbox create(TestControl test) {
    return test.control().sandboxes().create(test.caller(), Requests.plain());
  }
}
