package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.host.PidFd;
import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.ObservedState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The launcher goes away, and another takes its place. */
class LauncherRestartTest {
  private static final int AT_ONCE = 20;

  @Test
  void aSandboxOutlivesALauncherThatIsKilled() throws IOException {
    SandboxId id = SandboxId.random();
    try (Engine engine = TestHost.engine()) {
      engine.create(TestHost.spec(id));
      killLaunchers();
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());

      assertThat(Shell.run(engine, id, "echo here")).isEqualTo("here\n");
      engine.destroy(id);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  @RepeatedTest(5)
  void createsAreFinishedByTheNextLauncherWhenOneIsKilledInTheirMiddle() throws IOException {
    List<SandboxId> ids = Stream.generate(SandboxId::random).limit(AT_ONCE).toList();
    try (Engine engine = TestHost.engine();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> creates =
          ids.stream()
              .map(
                  id -> CompletableFuture.runAsync(() -> engine.create(TestHost.spec(id)), threads))
              .toList();
      LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
      killLaunchers();
      creates.forEach(CompletableFuture::join);

      assertThat(engine.observe()).hasSize(AT_ONCE).containsValue(ObservedState.RUNNING);
      for (SandboxId id : ids) {
        assertThat(Shell.run(engine, id, "echo here")).isEqualTo("here\n");
        engine.destroy(id);
      }
    }
    assertThat(HostView.traces()).isEmpty();
  }

  /** Only this process's own; its workers end with it. */
  private static void killLaunchers() throws IOException {
    List<ProcessHandle> launchers =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("paddock-launcher"))
            .toList();
    assertThat(launchers).isNotEmpty();
    for (ProcessHandle launcher : launchers) {
      try (PidFd process = PidFd.open(launcher.pid())) {
        process.signal(PidFd.SIGKILL);
      }
    }
  }
}
