package dev.paddock.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxLifecycleTest {
  @Test
  void aStartLeadsFromStoppedToStartingAndNowhereElse() {
    assertThat(outcomes(SandboxCommand.START))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(SandboxState.PENDING_BUILD, "conflict"),
                Map.entry(SandboxState.BUILDING_SNAPSHOT, "conflict"),
                Map.entry(SandboxState.CREATING, "conflict"),
                Map.entry(SandboxState.STARTED, "invalid: Sandbox is not in valid state"),
                Map.entry(SandboxState.STOPPING, "conflict"),
                Map.entry(SandboxState.STOPPED, "STARTING"),
                Map.entry(SandboxState.STARTING, "conflict"),
                Map.entry(SandboxState.DESTROYING, "conflict"),
                Map.entry(SandboxState.DESTROYED, "invalid: Sandbox is not in valid state"),
                Map.entry(SandboxState.ERROR, "invalid: Sandbox is in an errored state"),
                Map.entry(SandboxState.BUILD_FAILED, "invalid: Sandbox is in an errored state")));
  }

  @Test
  void aStopLeadsFromStartedToStoppingAndNowhereElse() {
    String refused = "invalid: Sandbox is not in a stoppable state";
    assertThat(outcomes(SandboxCommand.STOP))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(SandboxState.PENDING_BUILD, "conflict"),
                Map.entry(SandboxState.BUILDING_SNAPSHOT, "conflict"),
                Map.entry(SandboxState.CREATING, "conflict"),
                Map.entry(SandboxState.STARTED, "STOPPING"),
                Map.entry(SandboxState.STOPPING, "conflict"),
                Map.entry(SandboxState.STOPPED, refused),
                Map.entry(SandboxState.STARTING, "conflict"),
                Map.entry(SandboxState.DESTROYING, "conflict"),
                Map.entry(SandboxState.DESTROYED, refused),
                Map.entry(SandboxState.ERROR, refused),
                Map.entry(SandboxState.BUILD_FAILED, refused)));
  }

  @Test
  void everythingAtRestCanBeDestroyedAndSoCanABuild() {
    assertThat(outcomes(SandboxCommand.DESTROY))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(SandboxState.PENDING_BUILD, "DESTROYING"),
                Map.entry(SandboxState.BUILDING_SNAPSHOT, "DESTROYING"),
                Map.entry(SandboxState.CREATING, "conflict"),
                Map.entry(SandboxState.STARTED, "DESTROYING"),
                Map.entry(SandboxState.STOPPING, "conflict"),
                Map.entry(SandboxState.STOPPED, "DESTROYING"),
                Map.entry(SandboxState.STARTING, "conflict"),
                Map.entry(SandboxState.DESTROYING, "DESTROYING"),
                Map.entry(SandboxState.DESTROYED, "invalid: Sandbox is not in valid state"),
                Map.entry(SandboxState.ERROR, "DESTROYING"),
                Map.entry(SandboxState.BUILD_FAILED, "DESTROYING")));
  }

  @ParameterizedTest
  @EnumSource(SandboxCommand.class)
  void whatACommandBeginsCompletesInTheStateThatItWants(SandboxCommand command) {
    for (SandboxState state : SandboxState.values()) {
      try {
        SandboxStatus begun = SandboxLifecycle.begin(state, command);
        SandboxStatus done = SandboxLifecycle.complete(begun.state());
        assertThat(done.desired()).isEqualTo(begun.desired());
        assertThat(done.state().text()).isEqualTo(done.desired().text());
      } catch (PaddockException refused) {
        assertThat(refused).isInstanceOfAny(ConflictException.class, InvalidException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SandboxState.class)
  void everyStateIsReadBackFromItsWord(SandboxState state) {
    assertThat(SandboxState.of(state.text())).isEqualTo(state);
  }

  private static Map<SandboxState, String> outcomes(SandboxCommand command) {
    Map<SandboxState, String> outcomes = new TreeMap<>();
    for (SandboxState state : SandboxState.values()) {
      outcomes.put(state, outcome(state, command));
    }
    return outcomes;
  }

  private static String outcome(SandboxState state, SandboxCommand command) {
    try {
      return SandboxLifecycle.begin(state, command).state().name();
    } catch (ConflictException e) {
      return "conflict";
    } catch (InvalidException e) {
      return "invalid: " + e.getMessage();
    }
  }
}
