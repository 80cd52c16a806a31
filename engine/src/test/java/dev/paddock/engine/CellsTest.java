package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.host.PidFd;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What sandboxes of the native runtime are made of before they are asked for. */
class CellsTest {
  private static final long GIB = 1L << 30;

  @Test
  void aSandboxOfAnotherSizeHasItsOwnLimits() {
    SandboxId id = SandboxId.random();
    try (Engine engine = TestHost.engine()) {
      engine.create(sized(id, new Resources(2, 3, 1)));

      assertThat(engine.usage(id).memoryLimitBytes()).isEqualTo(3 * GIB);
      engine.destroy(id);
    }
  }

  @Test
  void aSmallSandboxThatFollowsALargeOneInItsSlotHasItsOwnLimits() throws IOException {
    SandboxId large = SandboxId.random();
    try (Engine engine = TestHost.engine()) {
      engine.create(sized(large, new Resources(2, 3, 1)));
      int slot = HostView.slot(large);
      engine.destroy(large);

      SandboxId small = next(engine, slot);

      assertThat(engine.usage(small).memoryLimitBytes()).isEqualTo(GIB);
      assertThat(Shell.run(engine, small, "nproc")).isEqualTo("1\n");
      engine.destroy(small);
    }
  }

  @Test
  void withNoneReadyOneIsMadeOnDemand() {
    List<SandboxId> ids = List.of(SandboxId.random(), SandboxId.random(), SandboxId.random());
    try (Engine engine = TestHost.engine()) {
      ids.forEach(id -> engine.create(TestHost.spec(id)));

      ids.forEach(id -> assertThat(Shell.run(engine, id, "hostname")).isEqualTo(id + "\n"));
      ids.forEach(engine::destroy);
    }
  }

  @Test
  void oneThatDiedWhileItWaitedIsPassedOver() throws IOException {
    SandboxId id = SandboxId.random();
    try (Engine engine = TestHost.engine()) {
      for (long agent : waiting()) {
        try (PidFd process = PidFd.open(agent)) {
          process.signal(PidFd.SIGKILL);
          process.awaitExit(Duration.ofSeconds(10));
        }
      }
      engine.create(TestHost.spec(id));

      assertThat(Shell.run(engine, id, "echo here")).isEqualTo("here\n");
      engine.destroy(id);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  /** The next small sandbox in a slot, which there are few of. */
  private static SandboxId next(Engine engine, int slot) throws IOException {
    for (int attempt = 0; attempt < 20; attempt++) {
      SandboxId id = SandboxId.random();
      engine.create(sized(id, new Resources(1, 1, 1)));
      if (HostView.slot(id) == slot) {
        return id;
      }
      engine.destroy(id);
    }
    throw new AssertionError("slot " + slot + " did not come round again");
  }

  private static SandboxSpec sized(SandboxId id, Resources resources) {
    return new SandboxSpec(
        id, TestHost.IMAGE, "", Map.of(), List.of(), resources, Optional.empty());
  }

  /** Agents that wait, once the pool is full. */
  private static List<Long> waiting() throws IOException {
    Path sockets = TestHost.config().runDir().resolve("agents");
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (true) {
      try (var found = Files.list(sockets)) {
        if (found.count() >= TestHost.config().readySandboxes()) {
          return HostView.processes();
        }
      }
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
