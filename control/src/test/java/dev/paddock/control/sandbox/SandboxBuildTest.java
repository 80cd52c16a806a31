package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.Crash;
import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.Resources;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SandboxBuildTest {
  @Test
  void anImageStringIsPulledAndTheAnswerIsStarted() {
    try (TestControl test = new TestControl()) {
      test.runner().images().publish("debian:13");

      Sandbox sandbox =
          test.control().sandboxes().create(test.caller(), Requests.built("FROM debian:13\n"));

      assertThat(sandbox.status().state()).isEqualTo(SandboxState.STARTED);
      assertThat(sandbox.origin().image()).isEqualTo("debian:13");
      assertThat(sandbox.resources()).isEqualTo(new Resources(2, 4, 10));
      assertThat(sandbox.origin().build().orElseThrow().dockerfile()).isEqualTo("FROM debian:13\n");
    }
  }

  @Test
  void equalDockerfilesAreBuiltOnce() {
    try (TestControl test = new TestControl()) {
      AtomicInteger builds = new AtomicInteger();
      test.runner().at(Spot.BEFORE_BUILD, builds::incrementAndGet);

      Sandbox first = create(test, "FROM debian:13\nRUN true\n");
      Sandbox second = create(test, "FROM debian:13\nRUN true\n");

      assertThat(builds).hasValue(1);
      assertThat(second.origin().image()).isEqualTo(first.origin().image());
    }
  }

  @Test
  void anUnpullableImageFailsWithTheRegistrysReasonAndLeavesNothing() {
    try (TestControl test = new TestControl()) {
      assertThatThrownBy(() -> create(test, "FROM nowhere/nothing:1\n"))
          .isInstanceOf(InvalidException.class)
          .hasMessage("The registry says: nowhere/nothing:1: manifest unknown");

      assertThat(test.control().sandboxes().all(test.caller(), SandboxFilter.ALL)).isEmpty();
      assertThat(test.runner().observe()).isEmpty();
    }
  }

  @Test
  void aBuildThatTakesLongerThanClientsWaitGoesOnAndItsLogIsFollowed() throws Exception {
    try (TestControl test = new TestControl(Duration.ofMillis(100))) {
      CountDownLatch mayEnd = new CountDownLatch(1);
      test.runner().at(Spot.BEFORE_BUILD, () -> await(mayEnd));
      Sandboxes sandboxes = test.control().sandboxes();

      Sandbox answer = create(test, "FROM debian:13\nRUN slow\n");

      assertThat(answer.status().state()).isEqualTo(SandboxState.BUILDING_SNAPSHOT);
      try (InputStream log = sandboxes.buildLog(test.caller(), answer.id().value(), true)) {
        mayEnd.countDown();
        assertThat(text(log)).isEqualTo("STEP FROM debian:13\nSTEP RUN slow\n");
      }
      awaitState(test, answer, SandboxState.STARTED);
    }
  }

  @Test
  void aLateFailureIsRecordedBecauseTheCallerKnowsTheId() throws Exception {
    try (TestControl test = new TestControl(Duration.ofMillis(100))) {
      CountDownLatch mayEnd = new CountDownLatch(1);
      test.runner().at(Spot.BEFORE_BUILD, () -> await(mayEnd));

      Sandbox answer = create(test, "FROM debian:13\nRUN false\n");
      mayEnd.countDown();

      awaitState(test, answer, SandboxState.BUILD_FAILED);
      Sandboxes sandboxes = test.control().sandboxes();
      assertThat(sandboxes.get(test.caller(), answer.id().value()).status().errorReason())
          .contains("The build failed: RUN false: exit status 1");
      try (InputStream log = sandboxes.buildLog(test.caller(), answer.id().value(), false)) {
        assertThat(text(log)).endsWith("Failed: The build failed: RUN false: exit status 1\n");
      }
    }
  }

  @Test
  void aSandboxIsDeletedWhileItsImageIsBuilt() throws Exception {
    try (TestControl test = new TestControl(Duration.ofMillis(100))) {
      CountDownLatch mayEnd = new CountDownLatch(1);
      test.runner().at(Spot.BEFORE_BUILD, () -> await(mayEnd));
      Sandboxes sandboxes = test.control().sandboxes();
      Sandbox answer = create(test, "FROM debian:13\nRUN slow\n");
      try (InputStream log = sandboxes.buildLog(test.caller(), answer.id().value(), true)) {
        sandboxes.delete(test.caller(), answer.id().value());
        mayEnd.countDown();
        assertThat(text(log)).isNotEmpty();
      }

      test.restart();

      assertThat(test.runner().observe()).isEmpty();
      assertThatThrownBy(() -> test.control().sandboxes().get(test.caller(), answer.id().value()))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void aBuildWhoseIdWasGivenOutIsResumedAfterARestart() throws Exception {
    try (TestControl test = new TestControl(Duration.ofMillis(100))) {
      CountDownLatch never = new CountDownLatch(1);
      test.runner().at(Spot.BEFORE_BUILD, () -> await(never));
      Sandbox answer = create(test, "FROM debian:13\nRUN slow\n");

      test.runner().at(Spot.BEFORE_BUILD, () -> {});
      test.restart();
      test.control().reconcile();

      awaitState(test, answer, SandboxState.STARTED);
    }
  }

  @Test
  void aCrashBeforeTheAnswerLeavesNothing() {
    try (TestControl test = new TestControl()) {
      test.runner()
          .at(
              Spot.BEFORE_BUILD,
              () -> {
                throw new Crash();
              });
      assertThatThrownBy(() -> create(test, "FROM debian:13\nRUN true\n"))
          .hasRootCauseInstanceOf(Crash.class);

      test.restart();
      test.control().reconcile();

      assertThat(test.control().sandboxes().all(test.caller(), SandboxFilter.ALL)).isEmpty();
    }
  }

  private static Sandbox create(TestControl test, String dockerfile) {
    return test.control().sandboxes().create(test.caller(), Requests.built(dockerfile));
  }

  /** The state changes on another thread, just after the log has ended. */
  private static void awaitState(TestControl test, Sandbox sandbox, SandboxState state)
      throws InterruptedException {
    Sandboxes sandboxes = test.control().sandboxes();
    CountDownLatch pause = new CountDownLatch(1);
    while (sandboxes.get(test.caller(), sandbox.id().value()).status().state() != state) {
      assertThat(pause.await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private static String text(InputStream log) throws IOException {
    return new String(log.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }
}
