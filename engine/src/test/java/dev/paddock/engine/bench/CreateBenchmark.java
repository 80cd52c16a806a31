package dev.paddock.engine.bench;

import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineConfig;
import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times the engine alone: from {@code create} until the agent answered, and {@code destroy}. One
 * sandbox after the other, from a tiny image, with the engine's usual runtime and full isolation.
 */
public final class CreateBenchmark {
  private static final String IMAGE = "localhost/benchmark:latest";
  private static final int FIRST = 100;
  private static final int WARM_UP = 900;

  /** How long a host is left alone until as many sandboxes are begun ahead as usual. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private static final int COUNT = 300;

  private final Engine engine;
  private final Optional<String> runtime;

  private CreateBenchmark(Engine engine) {
    this.engine = engine;
    this.runtime = Optional.ofNullable(System.getProperty("paddock.bench.runtime"));
  }

  /**
   * Prints {@code {"first":[…],"create":[…],"destroy":[…]}}, in microseconds. {@code first} are the
   * creates right after the start.
   *
   * @param arguments the directory in which the engine gets a temporary data directory
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Files.createDirectories(Path.of(arguments[0]));
    Path data = Files.createTempDirectory(parent, "engine-benchmark");
    EngineConfig config = config(data);
    try (Engine engine = Engine.open(config)) {
      CreateBenchmark benchmark = new CreateBenchmark(engine);
      benchmark.buildImage(parent);
      Times first = benchmark.run(FIRST);
      benchmark.run(WARM_UP);
      Thread.sleep(SETTLING);
      Times warm = benchmark.run(COUNT);
      System.out.println(
          "{\"first\":%s,\"create\":%s,\"destroy\":%s}"
              .formatted(first.created, warm.created, warm.destroyed));
    } finally {
      TreeRemoval.removeHostile(data);
      TreeRemoval.removeHostile(config.runDir());
    }
  }

  private static EngineConfig config(Path data) {
    EngineConfig usual =
        EngineConfig.defaults(
            data,
            Path.of(System.getProperty("paddock.agent")),
            Path.of(System.getProperty("paddock.launcher")));
    return usual.withReadySandboxes(
        Integer.getInteger("paddock.bench.ready", usual.readySandboxes()));
  }

  private void buildImage(Path parent) throws IOException {
    Path context = Files.createTempDirectory(parent, "image");
    Path etc = Files.createDirectories(context.resolve("root/etc"));
    Files.writeString(etc.resolve("passwd"), "root:x:0:0::/:/bin/sh\n");
    engine.images().build("FROM scratch\nCOPY root /\n", context, IMAGE, line -> {});
    TreeRemoval.remove(context);
  }

  /** Microseconds. */
  private record Times(List<Long> created, List<Long> destroyed) {}

  private Times run(int count) {
    List<Long> created = new ArrayList<>();
    List<Long> destroyed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SandboxId id = SandboxId.random();
      created.add(micros(() -> engine.create(spec(id))));
      destroyed.add(micros(() -> engine.destroy(id)));
    }
    return new Times(created, destroyed);
  }

  private static long micros(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1000;
  }

  private SandboxSpec spec(SandboxId id) {
    return new SandboxSpec(id, IMAGE, "", Map.of(), List.of(), new Resources(1, 1, 1), runtime);
  }
}
