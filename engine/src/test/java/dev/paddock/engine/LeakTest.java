package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sandboxes come and go, and nothing stays. */
@Tag("runtime")
class LeakTest {
  private static final int ROUNDS = 10;
  private static final int AT_ONCE = 6;

  @Test
  void nothingIsLeftOnTheHost() throws IOException {
    try (Engine engine = TestHost.engine()) {
      comeAndGo(engine);
    }
    assertThat(HostView.traces()).isEmpty();
  }

  @Test
  void noDescriptorStaysOpen() throws IOException {
    long before;
    try (Engine engine = TestHost.engine()) {
      comeAndGo(engine);
      before = descriptors();
      for (int round = 0; round < ROUNDS; round++) {
        comeAndGo(engine);
      }
      // Each slot's id map stays open, and slots that are still being freed are not taken: a busy
      // machine opens several rounds' slots. One descriptor for each sandbox would be far more.
      assertThat(descriptors()).isLessThanOrEqualTo(before + 4 * AT_ONCE);
    }
    try (Engine engine = TestHost.engine()) {
      assertThat(engine.observe()).isEmpty();
    }
    assertThat(descriptors()).isLessThan(before);
  }

  private static void comeAndGo(Engine engine) {
    List<SandboxId> ids = Stream.generate(SandboxId::random).limit(AT_ONCE).toList();
    List<Runnable> lives = new ArrayList<>();
    for (SandboxId id : ids) {
      lives.add(() -> live(engine, id));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lives.forEach(threads::execute);
    }
    assertThat(engine.observe()).isEmpty();
  }

  private static void live(Engine engine, SandboxId id) {
    engine.create(TestHost.spec(id));
    Shell.run(engine, id, "mkdir -p /home/a/b; echo x > /home/a/b/c");
    engine.stop(id, Duration.ofSeconds(5));
    engine.start(TestHost.spec(id));
    engine.destroy(id);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
