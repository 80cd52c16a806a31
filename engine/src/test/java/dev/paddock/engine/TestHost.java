package dev.paddock.engine;

import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data directory of the tests' own with a tiny image in it, made once for all test classes of a
 * run. Engines are opened on it one after the other.
 */
final class TestHost {
  static final String IMAGE = "localhost/busybox:test";
  static final int PROCESSES = 200;

  /** The build runs the tests that are tagged {@code runtime} once for each. */
  private static final String RUNTIME = System.getProperty("paddock.runtime", "native");

  private static final List<String> COMMANDS =
      List.of(
          "sh",
          "ls",
          "cat",
          "id",
          "echo",
          "grep",
          "mount",
          "umount",
          "unshare",
          "chroot",
          "mknod",
          "insmod",
          "nc",
          "wget",
          "ip",
          "ln",
          "rm",
          "cp",
          "sleep",
          "kill",
          "ps",
          "dd",
          "head",
          "chmod",
          "chown",
          "hostname",
          "mkdir",
          "env",
          "true",
          "test",
          "readlink",
          "find",
          "sysctl",
          "stat",
          "timeout",
          "seq",
          "tail",
          "su",
          "touch",
          "nslookup",
          "nproc");

  private static final Path DATA = open();

  private TestHost() {}

  static EngineConfig config() {
    return config(DATA);
  }

  /** The settings of an engine on {@code data}; few processes, so that a fork bomb is soon full. */
  static EngineConfig config(Path data) {
    return EngineConfig.defaults(
            data,
            Path.of(System.getProperty("paddock.agent")),
            Path.of(System.getProperty("paddock.launcher")))
        .withRuntime(RUNTIME)
        .withReadySandboxes(2)
        .withProcessesPerSandbox(PROCESSES);
  }

  /** An engine whose store has the tests' image. */
  static Engine engine() {
    Engine engine = Engine.open(config());
    if (engine.images().find(IMAGE).isEmpty()) {
      build(engine);
    }
    return engine;
  }

  static SandboxSpec spec(SandboxId id) {
    return new SandboxSpec(
        id, IMAGE, "", Map.of(), List.of(), new Resources(1, 1, 1), Optional.empty());
  }

  /** One that names its runtime. */
  static SandboxSpec spec(SandboxId id, String runtime) {
    return new SandboxSpec(
        id, IMAGE, "", Map.of(), List.of(), new Resources(1, 1, 1), Optional.of(runtime));
  }

  private static Path open() {
    try {
      Path data = Files.createTempDirectory("paddock-engine-test");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(data)));
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path data) {
    try {
      TreeRemoval.removeHostile(data);
      TreeRemoval.removeHostile(EngineConfig.defaults(data, data, data).runDir());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void build(Engine engine) {
    try {
      Path context = Files.createTempDirectory("paddock-engine-image");
      fill(context.resolve("root"));
      engine.images().build("FROM scratch\nCOPY root /\n", context, IMAGE, line -> {});
      TreeRemoval.remove(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Path root) throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String command : COMMANDS) {
      Files.createSymbolicLink(bin.resolve(command), Path.of("busybox"));
    }
    Files.createDirectories(root.resolve("home/user"));
    Files.createDirectories(root.resolve("tmp"));
    Path etc = Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        etc.resolve("passwd"), "root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n");
    Files.writeString(etc.resolve("group"), "root:x:0:\nuser:x:1000:\n");
  }
}
