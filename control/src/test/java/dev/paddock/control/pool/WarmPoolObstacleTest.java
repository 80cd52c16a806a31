package dev.paddock.control.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.control.fixture.TestControl;
import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.model.Resources;
import dev.paddock.model.pool.WarmPoolStatus;
import dev.paddock.model.snapshot.CreateSnapshot;
import dev.paddock.model.snapshot.ResourceRequest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmPoolObstacleTest {
  private static final String IMAGE = "localhost/own:1";

  private final TestControl test = new TestControl();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aPoolWhoseRuntimeWasWithdrawnSaysSo() {
    test.runner().images().store(IMAGE);
    test.control()
        .snapshots()
        .create(
            test.caller(),
            new CreateSnapshot(
                "own",
                Optional.of(IMAGE),
                Optional.empty(),
                List.of(),
                ResourceRequest.NONE,
                Optional.empty(),
                Optional.of("runsc")));
    pool("own");

    test.restart(new OfferedRuntimes("native", new TreeSet<>(List.of("runc"))));

    assertThat(reason()).contains("This server no longer offers the snapshot's runtime, runsc");
  }

  @Test
  void aPoolSaysThatItsSnapshotIsNotThereYet() {
    Resources size = new Resources(1, 1, 3);
    test.control().snapshots().announce("own", IMAGE, size);
    pool("own");
    assertThat(reason()).contains("The snapshot is in state pulling");

    test.runner().images().store(IMAGE);
    test.control().snapshots().ensure("own", IMAGE, size);

    assertThat(reason()).isEmpty();
  }

  private void pool(String snapshot) {
    test.control().warmPools().create(test.caller(), snapshot, 1, Optional.empty());
  }

  private Optional<String> reason() {
    List<WarmPoolStatus> pools = test.control().warmPools().list(test.caller());
    assertThat(pools).hasSize(1);
    return pools.getFirst().errorReason();
  }
}
