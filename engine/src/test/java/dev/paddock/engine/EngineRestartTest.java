package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.runner.ObservedState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server goes away, in whatever way, and another takes its place. */
@Tag("runtime")
class EngineRestartTest {
  private final SandboxId id = SandboxId.random();

  @BeforeEach
  void makeImage() {
    TestHost.engine().close();
  }

  @Test
  void aSandboxOutlivesAServerThatIsKilled() throws IOException {
    try (ServerProcess server = ServerProcess.creating(id)) {
      server.await("created");
    }
    try (Engine engine = TestHost.engine()) {
      assertThat(engine.observe()).containsEntry(id, ObservedState.RUNNING);
      assertThat(Shell.run(engine, id, "echo here")).isEqualTo("here\n");
      engine.destroy(id);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  @Test
  void theSameAgentAnswersAfterAnOrderlyRestart() {
    String before;
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(id));
      before = bootId(engine);
    }
    try (Engine engine = TestHost.engine()) {
      assertThat(bootId(engine)).isEqualTo(before);
      engine.destroy(id);
    }
  }

  @Test
  void anAdoptedSandboxKeepsItsAddressToItself() {
    SandboxId other = SandboxId.random();
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(id));
    }
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(other));
      assertThat(engine.address(other)).isNotEqualTo(engine.address(id));
      engine.destroy(id);
      engine.destroy(other);
    }
  }

  @Test
  void theEndOfAnAdoptedSandboxIsNoticed() throws Exception {
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(id));
    }
    try (Engine engine = TestHost.engine()) {
      CompletableFuture<SandboxId> ended = new CompletableFuture<>();
      engine.onExit(ended::complete);
      HostView.killFirstProcess(id);
      assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(id);
      engine.destroy(id);
    }
  }

  @Test
  void afterARestartOfTheHostSandboxesAreStoppedAndKeepTheirFiles() throws IOException {
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(id));
      Shell.run(engine, id, "echo kept > /home/file");
    }
    HostView.killFirstProcess(id);
    TreeRemoval.remove(TestHost.config().runDir());

    try (Engine engine = TestHost.engine()) {
      assertThat(engine.observe()).containsEntry(id, ObservedState.STOPPED);
      engine.start(TestHost.spec(id));
      assertThat(Shell.run(engine, id, "cat /home/file")).isEqualTo("kept\n");
      engine.destroy(id);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 10, 15, 20, 30, 40, 60})
  void aCreationThatWasCutOffLeavesNothingOnceDestroyed(int millis) throws IOException {
    try (ServerProcess server = ServerProcess.creating(id)) {
      server.await("creating");
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
    try (Engine engine = TestHost.engine()) {
      engine.destroy(id);
      assertThat(engine.observe()).doesNotContainKey(id);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  @Test
  void aCreationThatWasCutOffCanBeRepeated() throws IOException {
    try (ServerProcess server = ServerProcess.creating(id)) {
      server.await("creating");
      LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
    }
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(id));
      assertThat(Shell.run(engine, id, "echo here")).isEqualTo("here\n");
      engine.destroy(id);
    }
  }

  @Test
  void twoEnginesDoNotShareADataDirectory() {
    try (Engine engine = TestHost.engine()) {
      assertThat(engine.observe()).isEmpty();
      assertThatThrownBy(TestHost::engine).isInstanceOf(ConflictException.class);
    }
  }

  private String bootId(Engine engine) {
    return engine.agent(id).hello(Duration.ofSeconds(10)).bootId();
  }
}
