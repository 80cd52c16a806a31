package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.runner.ObservedState;
import dev.paddock.model.sandbox.SandboxState;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairTest {
  @ParameterizedTest(name = "{0}: running {1}, stopped {2}, absent {3}")
  @CsvSource({
    "none,              DESTROY,        DESTROY,        none",
    "PENDING_BUILD,     DESTROY,        DESTROY,        DESTROY",
    "BUILDING_SNAPSHOT, RESUME_BUILD,   RESUME_BUILD,   RESUME_BUILD",
    "CREATING,          DESTROY,        DESTROY,        DESTROY",
    "STARTED,           none,           RECORD_STOPPED, RECORD_LOST",
    "STOPPING,          STOP,           RECORD_STOPPED, RECORD_LOST",
    "STOPPED,           STOP,           none,           RECORD_LOST",
    "STARTING,          RECORD_STARTED, START,          RECORD_LOST",
    "DESTROYING,        DESTROY,        DESTROY,        DESTROY",
    "DESTROYED,         DESTROY,        DESTROY,        DESTROY",
    "ERROR,             none,           none,           none",
    "BUILD_FAILED,      none,           none,           none",
  })
  void eachPairOfRecordAndHostHasOneRepair(
      String recorded, String whenRunning, String whenStopped, String whenAbsent) {
    Optional<SandboxState> state =
        recorded.equals("none") ? Optional.empty() : Optional.of(SandboxState.valueOf(recorded));

    assertThat(name(Repair.of(state, Optional.of(ObservedState.RUNNING)))).isEqualTo(whenRunning);
    assertThat(name(Repair.of(state, Optional.of(ObservedState.STOPPED)))).isEqualTo(whenStopped);
    assertThat(name(Repair.of(state, Optional.empty()))).isEqualTo(whenAbsent);
  }

  private static String name(Optional<Repair> repair) {
    return repair.map(Enum::name).orElse("none");
  }
}
