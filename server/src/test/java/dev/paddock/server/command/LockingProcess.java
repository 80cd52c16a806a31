package dev.paddock.server.command;

import java.io.IOException;
import java.nio.file.Path;

/** Another process on the same data directory, as locks are between processes. */
final class LockingProcess implements AutoCloseable {
  private final Process process;

  private LockingProcess(Process process) {
    this.process = process;
  }

  /** One that has taken the lock. */
  static LockingProcess holding(Path dataDir) throws IOException {
    return start("hold", dataDir);
  }

  /** One that asks for the lock's holder all the time. */
  static LockingProcess probing(Path dataDir) throws IOException {
    return start("probe", dataDir);
  }

  private static LockingProcess start(String work, Path dataDir) throws IOException {
    LockingProcess started =
        new LockingProcess(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockingProcess.class.getName(),
                    work,
                    dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    if (started.process.getInputStream().read() < 0) {
      throw new IOException("The other process ended at once");
    }
    return started;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The other process. */
  public static void main(String[] arguments) throws IOException {
    Path dataDir = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "hold" -> hold(dataDir);
      case "probe" -> probe(dataDir);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void hold(Path dataDir) throws IOException {
    try (ServerLock _ = ServerLock.take(dataDir).orElseThrow()) {
      tellReady();
      System.in.read();
    }
  }

  private static void probe(Path dataDir) {
    tellReady();
    while (true) {
      ServerLock.holder(dataDir);
    }
  }

  private static void tellReady() {
    System.out.print("!");
    System.out.flush();
  }
}
