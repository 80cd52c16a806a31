package dev.paddock.engine;

import dev.paddock.engine.host.PidFd;
import dev.paddock.engine.network.BlockClaims;
import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What sandboxes leave on the host, looked at from outside the engine. */
final class HostView {
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private HostView() {}

  /** Process id on the host of a sandbox's first process. */
  static long firstProcess(SandboxId id) throws IOException {
    return Long.parseLong(record(id)[0]);
  }

  /** Number of the slot that a running sandbox has. */
  static int slot(SandboxId id) throws IOException {
    return Integer.parseInt(record(id)[2]);
  }

  private static String[] record(SandboxId id) throws IOException {
    Path file = TestHost.config().runDir().resolve("sandboxes").resolve(id + "/running");
    return Files.readString(file).strip().split(" ", -1);
  }

  static void killFirstProcess(SandboxId id) throws IOException {
    try (PidFd process = PidFd.open(firstProcess(id))) {
      process.signal(PidFd.SIGKILL);
    }
  }

  /** Names of the sandboxes that OCI runtimes keep something of. */
  static List<String> keptByRuntimes() throws IOException {
    return children(TestHost.config().runDir().resolve("runtime"));
  }

  /**
   * Everything that the host holds of sandboxes, as lines; waits for what ends in the background.
   */
  static Set<String> traces() throws IOException {
    Instant deadline = Instant.now().plus(SETTLED);
    Set<String> traces = look();
    while (!traces.isEmpty() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      traces = look();
    }
    return traces;
  }

  private static Set<String> look() throws IOException {
    EngineConfig config = TestHost.config();
    Set<String> traces = new TreeSet<>();
    add(traces, "link", links(config));
    add(traces, "mount", mounts(config));
    add(traces, "control group", controlGroups(config));
    add(traces, "run", children(config.runDir().resolve("sandboxes")));
    add(traces, "socket", children(config.runDir().resolve("agents")));
    add(traces, "runtime", keptByRuntimes());
    add(traces, "files", children(config.dataDir().resolve("sandboxes")));
    add(traces, "trash", children(config.dataDir().resolve("trash")));
    add(traces, "process", processes(config));
    return traces;
  }

  private static void add(Set<String> traces, String kind, List<String> found) {
    found.forEach(name -> traces.add(kind + " " + name));
  }

  private static List<String> links(EngineConfig config) throws IOException {
    String prefix =
        new BlockClaims(config.claimsDir()).claim(config.dataDir(), config.network()).linkPrefix();
    return NetworkInterface.networkInterfaces()
        .map(NetworkInterface::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static List<String> mounts(EngineConfig config) throws IOException {
    return Files.readAllLines(Path.of("/proc/1/mounts")).stream()
        .filter(line -> line.contains(config.runDir().toString()))
        .toList();
  }

  private static List<String> controlGroups(EngineConfig config) throws IOException {
    List<String> found = new ArrayList<>();
    for (String hierarchy : children(Path.of("/sys/fs/cgroup"))) {
      Path parent = Path.of("/sys/fs/cgroup", hierarchy, config.controlGroup());
      found.addAll(children(parent));
    }
    return found;
  }

  /** Processes in the control groups of sandboxes, or of what may become one. */
  static List<Long> processes() {
    return processes(TestHost.config()).stream().map(Long::valueOf).toList();
  }

  private static List<String> processes(EngineConfig config) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> controlGroupsOf(pid).contains(config.controlGroup()))
        .map(pid -> Long.toString(pid))
        .toList();
  }

  private static String controlGroupsOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cgroup"));
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> children(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
