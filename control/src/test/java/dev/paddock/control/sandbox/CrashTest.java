package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.Crash;
import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.runner.ObservedState;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {
  private final TestControl test = new TestControl();

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_CREATE", "AFTER_CREATE"})
  void aCreateThatWasCutShortLeavesNothing(Spot spot) {
    crashAt(spot);
    assertThatThrownBy(() -> sandboxes().create(test.caller(), Requests.named("cut")))
        .isInstanceOf(Crash.class);

    recover();

    assertThat(all()).isEmpty();
    assertThat(test.runner().observe()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_DESTROY", "AFTER_DESTROY"})
  void aDeleteThatWasCutShortIsFinished(Spot spot) {
    Sandbox sandbox = create();
    crashAt(spot);
    assertThatThrownBy(() -> sandboxes().delete(test.caller(), sandbox.id().value()))
        .isInstanceOf(Crash.class);

    recover();

    assertThat(all()).isEmpty();
    assertThat(test.runner().observe()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_STOP", "AFTER_STOP"})
  void aStopThatWasCutShortIsFinished(Spot spot) {
    Sandbox sandbox = create();
    crashAt(spot);
    assertThatThrownBy(() -> sandboxes().stop(test.caller(), sandbox.id().value(), false))
        .isInstanceOf(Crash.class);

    recover();

    assertThat(state(sandbox)).isEqualTo(SandboxState.STOPPED);
    assertThat(test.runner().observe()).containsEntry(sandbox.id(), ObservedState.STOPPED);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_START", "AFTER_START"})
  void aStartThatWasCutShortIsFinished(Spot spot) {
    Sandbox sandbox = create();
    sandboxes().stop(test.caller(), sandbox.id().value(), false);
    crashAt(spot);
    assertThatThrownBy(() -> sandboxes().start(test.caller(), sandbox.id().value()))
        .isInstanceOf(Crash.class);

    recover();

    assertThat(state(sandbox)).isEqualTo(SandboxState.STARTED);
    assertThat(test.runner().observe()).containsEntry(sandbox.id(), ObservedState.RUNNING);
  }

  @Test
  void aServerThatDiesLeavesRunningSandboxesStarted() {
    Sandbox sandbox = create();

    recover();

    assertThat(state(sandbox)).isEqualTo(SandboxState.STARTED);
  }

  @Test
  void afterAHostRebootSandboxesAreStoppedAndStartAgain() {
    Sandbox sandbox = create();
    test.runner().reboot();

    recover();

    assertThat(state(sandbox)).isEqualTo(SandboxState.STOPPED);
    assertThat(sandboxes().start(test.caller(), sandbox.id().value()).status().state())
        .isEqualTo(SandboxState.STARTED);
  }

  @Test
  void aSandboxThatNoRowKnowsIsRemovedFromTheHost() {
    Sandbox sandbox = create();
    try (TestControl other = new TestControl()) {
      other.runner().create(sandbox.spec());
      other.control().reconcile();
      assertThat(other.runner().observe()).isEmpty();
    }
  }

  @Test
  void aSandboxThatTheHostLostSaysSoAndCanBeDeleted() {
    Sandbox sandbox = create();
    test.runner().lose(sandbox.id());

    recover();

    assertThat(state(sandbox)).isEqualTo(SandboxState.ERROR);
    assertThatThrownBy(() -> sandboxes().start(test.caller(), sandbox.id().value()))
        .hasMessage("Sandbox is in an errored state");
    sandboxes().delete(test.caller(), sandbox.id().value());
    assertThat(all()).isEmpty();
  }

  @Test
  void theReconcilerLeavesASandboxAloneOnWhichSomebodyWorks() {
    test.runner().at(Spot.AFTER_CREATE, () -> test.control().reconcile());

    Sandbox sandbox = create();

    assertThat(state(sandbox)).isEqualTo(SandboxState.STARTED);
    assertThat(test.runner().observe()).containsKey(sandbox.id());
  }

  private Sandboxes sandboxes() {
    return test.control().sandboxes();
  }

  private Sandbox create() {
    return sandboxes().create(test.caller(), Requests.plain());
  }

  private SandboxState state(Sandbox sandbox) {
    return sandboxes().get(test.caller(), sandbox.id().value()).status().state();
  }

  private List<Sandbox> all() {
    return sandboxes().all(test.caller(), SandboxFilter.ALL);
  }

  private void crashAt(Spot spot) {
    test.runner()
        .at(
            spot,
            () -> {
              throw new Crash();
            });
  }

  private void recover() {
    test.runner().clear();
    test.restart();
    test.control().reconcile();
  }
}
