package dev.paddock.engine;

import dev.paddock.engine.network.Ipv4Network;
import dev.paddock.engine.runtime.NativeRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * How one engine runs.
 *
 * @param dataDir images and the sandboxes' files; only root gets into it
 * @param runDir sockets and records of what runs; may vanish when the host restarts, and its path
 *     has at most 50 characters because a socket's path is bounded
 * @param hostDir what all engines of the host share; a restart of the host empties it
 * @param agentBinary the agent, a static executable
 * @param launcherBinary the launcher
 * @param runtime for sandboxes that name none: {@code native}, or an OCI runtime's name
 * @param network addresses for all engines of the host, /17 or wider
 * @param readySandboxes how many sandboxes are begun ahead, up to what depends on their image:
 *     their networks, and with the native runtime their processes; 0 or more
 * @param processesPerSandbox most processes and threads of one sandbox, at least 16
 */
public record EngineConfig(
    Path dataDir,
    Path runDir,
    Path hostDir,
    Path agentBinary,
    Path launcherBinary,
    String runtime,
    Ipv4Network network,
    int readySandboxes,
    int processesPerSandbox) {
  private static final Path RUN = Path.of("/run/paddock");
  private static final int LONGEST_RUN_DIR = 50;
  private static final int WIDEST_PREFIX = 17;
  private static final int FEWEST_PROCESSES = 16;
  private static final int SHORT_NAME = 8;

  public EngineConfig {
    dataDir = dataDir.toAbsolutePath().normalize();
    runDir = runDir.toAbsolutePath().normalize();
    if (runDir.toString().length() > LONGEST_RUN_DIR) {
      throw new IllegalArgumentException("The run directory's path has at most 50 characters");
    }
    if (network.prefix() > WIDEST_PREFIX) {
      throw new IllegalArgumentException("The sandbox network is a /17 or wider");
    }
    if (readySandboxes < 0 || processesPerSandbox < FEWEST_PROCESSES) {
      throw new IllegalArgumentException("The pool is 0 or more, processes are 16 or more");
    }
  }

  /** The usual settings for a data directory. */
  public static EngineConfig defaults(Path dataDir, Path agentBinary, Path launcherBinary) {
    return new EngineConfig(
        dataDir,
        RUN.resolve(shortName(dataDir)),
        RUN,
        agentBinary,
        launcherBinary,
        NativeRuntime.NAME,
        Ipv4Network.parse("10.231.0.0/16"),
        128,
        4096);
  }

  /** Where the engines of the host agree on who has which network. */
  Path claimsDir() {
    return hostDir.resolve("networks");
  }

  /** Where lxcfs is mounted. */
  Path limitsDir() {
    return hostDir.resolve("limits");
  }

  /** Name of the parent of all its control groups. */
  String controlGroup() {
    return "paddock-" + shortName(dataDir);
  }

  /** The same with another runtime for sandboxes that name none. */
  public EngineConfig withRuntime(String runtime) {
    return new EngineConfig(
        dataDir,
        runDir,
        hostDir,
        agentBinary,
        launcherBinary,
        runtime,
        network,
        readySandboxes,
        processesPerSandbox);
  }

  /** The same with another number of sandboxes begun ahead. */
  public EngineConfig withReadySandboxes(int readySandboxes) {
    return new EngineConfig(
        dataDir,
        runDir,
        hostDir,
        agentBinary,
        launcherBinary,
        runtime,
        network,
        readySandboxes,
        processesPerSandbox);
  }

  /** The same with another limit of processes. */
  public EngineConfig withProcessesPerSandbox(int processesPerSandbox) {
    return new EngineConfig(
        dataDir,
        runDir,
        hostDir,
        agentBinary,
        launcherBinary,
        runtime,
        network,
        readySandboxes,
        processesPerSandbox);
  }

  private static String shortName(Path dataDir) {
    byte[] path = dataDir.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(path).toString().substring(0, SHORT_NAME);
  }
}
