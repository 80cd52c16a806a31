package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.runner.ObservedState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("runtime")
class SandboxLifecycleTest {
  private static Engine engine;
  private final SandboxId id = SandboxId.random();

  @BeforeAll
  static void open() {
    engine = TestHost.engine();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @AfterEach
  void destroy() {
    engine.destroy(id);
  }

  @Test
  void aCreatedSandboxTakesCommands() {
    engine.create(TestHost.spec(id));

    assertThat(engine.observe()).containsEntry(id, ObservedState.RUNNING);
    assertThat(Shell.run(engine, id, "echo hello")).isEqualTo("hello\n");
  }

  @Test
  void creatingARunningSandboxLeavesItAsItIs() {
    engine.create(TestHost.spec(id));
    String before = bootId();

    engine.create(TestHost.spec(id));

    assertThat(bootId()).isEqualTo(before);
  }

  @Test
  void oneThatWasCutOffBeforeItsImageWasRecordedIsMadeAllTheSame() throws IOException {
    engine.create(TestHost.spec(id));
    engine.stop(id, Duration.ZERO);
    Files.delete(TestHost.config().dataDir().resolve("sandboxes/" + id + "/image"));

    engine.create(TestHost.spec(id));

    assertThat(Shell.run(engine, id, "echo hello")).isEqualTo("hello\n");
  }

  @Test
  void aPreparedSandboxIsWarmUntilItIsClaimedAndThenAsIfItHadBeenCreated() {
    SandboxSpec plain = TestHost.spec(id);
    engine.prepare(plain);
    assertThat(engine.observe()).containsEntry(id, ObservedState.WARM);

    engine.create(
        new SandboxSpec(
            id,
            plain.image(),
            plain.user(),
            Map.of("GREETING", "hello"),
            plain.entrypoint(),
            plain.resources(),
            Optional.empty()));

    assertThat(engine.observe()).containsEntry(id, ObservedState.RUNNING);
    assertThat(Shell.run(engine, id, "echo $GREETING; hostname")).isEqualTo("hello\n" + id + "\n");
  }

  @Test
  void theEntrypointOfAPreparedSandboxStartsWhenItIsClaimed() {
    engine.prepare(withEntrypoint(Map.of()));
    engine.create(withEntrypoint(Map.of("BEGUN", "/home/begun")));

    assertThat(Shell.run(engine, id, "until rmdir /home/begun 2>&-; do sleep 0.05; done; echo on"))
        .isEqualTo("on\n");
  }

  private SandboxSpec withEntrypoint(Map<String, String> environment) {
    SandboxSpec plain = TestHost.spec(id);
    List<String> entrypoint = List.of("sh", "-c", "mkdir $BEGUN");
    return new SandboxSpec(
        id,
        plain.image(),
        plain.user(),
        environment,
        entrypoint,
        plain.resources(),
        Optional.empty());
  }

  @Test
  void aPreparedSandboxThatNobodyWantsIsDestroyedLikeAnyOther() {
    engine.prepare(TestHost.spec(id));

    engine.destroy(id);

    assertThat(engine.observe()).doesNotContainKey(id);
  }

  @Test
  void aStoppedSandboxKeepsItsFiles() {
    engine.create(TestHost.spec(id));
    Shell.run(engine, id, "echo kept > /home/file");

    engine.stop(id, Duration.ofSeconds(5));
    assertThat(engine.observe()).containsEntry(id, ObservedState.STOPPED);
    engine.start(TestHost.spec(id));

    assertThat(Shell.run(engine, id, "cat /home/file")).isEqualTo("kept\n");
  }

  @Test
  void ownersOfFilesSurviveAnotherIdRange() {
    SandboxId other = SandboxId.random();
    engine.create(TestHost.spec(id));
    Shell.run(engine, id, "touch /home/file; chown 1000:1000 /home/file");
    engine.stop(id, Duration.ZERO);
    engine.create(TestHost.spec(other));

    engine.start(TestHost.spec(id));

    assertThat(Shell.run(engine, id, "stat -c %u:%g /home/file")).isEqualTo("1000:1000\n");
    engine.destroy(other);
  }

  @Test
  void stoppingAtOnceKillsWhatIgnoresSignals() {
    engine.create(TestHost.spec(id));

    engine.stop(id, Duration.ZERO);

    assertThat(engine.observe()).containsEntry(id, ObservedState.STOPPED);
  }

  @Test
  void aDestroyedSandboxIsUnknown() {
    engine.create(TestHost.spec(id));

    engine.destroy(id);

    assertThat(engine.observe()).doesNotContainKey(id);
    assertThatThrownBy(() -> engine.agent(id)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aStoppedSandboxSaysThatItIsNotStarted() {
    engine.create(TestHost.spec(id));
    engine.stop(id, Duration.ZERO);

    assertThatThrownBy(() -> engine.agent(id))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("not started");
  }

  @Test
  void stoppingAndDestroyingWhatIsNotThereIsFine() {
    assertThatCode(
            () -> {
              engine.stop(id, Duration.ofSeconds(1));
              engine.destroy(id);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void tellsWhenASandboxEndsByItself() throws Exception {
    CompletableFuture<SandboxId> ended = new CompletableFuture<>();
    engine.onExit(gone -> {
      if (gone.equals(id)) {
        ended.complete(gone);
      }
    });
    engine.create(TestHost.spec(id));

    HostView.killFirstProcess(id);

    assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(id);
    assertThat(engine.observe()).containsEntry(id, ObservedState.STOPPED);
  }

  @Test
  void anUnknownRuntimeIsNamedAndLeavesNothing() {
    SandboxSpec spec = TestHost.spec(id);
    SandboxSpec odd =
        new SandboxSpec(
            id, spec.image(), "", Map.of(), List.of(), spec.resources(), Optional.of("no-such"));

    assertThatThrownBy(() -> engine.create(odd))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("no-such is not installed");
    assertThat(engine.observe()).doesNotContainKey(id);
  }

  @Test
  void theImagesEnvironmentIsOverriddenByTheSpecs() {
    SandboxSpec plain = TestHost.spec(id);
    engine.create(
        new SandboxSpec(
            id,
            plain.image(),
            "user",
            Map.of("GREETING", "hi"),
            List.of(),
            plain.resources(),
            Optional.empty()));

    assertThat(Shell.run(engine, id, "echo $GREETING; id -un")).isEqualTo("hi\nuser\n");
  }

  private String bootId() {
    return engine.agent(id).hello(Duration.ofSeconds(10)).bootId();
  }
}
