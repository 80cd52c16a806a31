package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.ObservedState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sandboxes that name their runtimes, whatever the engine's own default is. */
@Tag("runtime")
class MixedRuntimesTest {
  private final SandboxId ours = SandboxId.random();
  private final SandboxId runcs = SandboxId.random();

  @Test
  void sandboxesOfTwoRuntimesLiveSideBySideAndOutliveTheirEngine() throws IOException {
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(ours, "native"));
      engine.create(TestHost.spec(runcs, "runc"));

      assertThat(HostView.keptByRuntimes()).containsExactly(runcs.value());
      assertBothWork(engine);
    }
    try (Engine engine = TestHost.engine()) {
      assertThat(engine.observe())
          .containsEntry(ours, ObservedState.RUNNING)
          .containsEntry(runcs, ObservedState.RUNNING);
      assertBothWork(engine);

      engine.destroy(ours);
      engine.destroy(runcs);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  @Test
  void eachStartsAgainWithTheRuntimeThatItNames() throws IOException {
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(ours, "native"));
      engine.create(TestHost.spec(runcs, "runc"));
      engine.stop(ours, Duration.ZERO);
      engine.stop(runcs, Duration.ZERO);

      engine.start(TestHost.spec(runcs, "runc"));
      engine.start(TestHost.spec(ours, "native"));

      assertThat(HostView.keptByRuntimes()).containsExactly(runcs.value());
      assertBothWork(engine);
      engine.destroy(ours);
      engine.destroy(runcs);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  private void assertBothWork(Engine engine) {
    for (SandboxId id : List.of(ours, runcs)) {
      assertThat(Shell.run(engine, id, "hostname")).isEqualTo(id + "\n");
    }
  }
}
