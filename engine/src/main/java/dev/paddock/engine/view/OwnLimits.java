package dev.paddock.engine.view;

import dev.paddock.engine.host.Mounts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that show a process its own limits where the kernel shows those of the machine: {@code
 * /proc/meminfo}, {@code /proc/cpuinfo} and the like. They come from lxcfs, one for all engines of
 * the host; like a sandbox it outlives the server that started it, because what sandboxes have
 * mounted ends with it.
 */
public final class OwnLimits {
  private static final Logger LOG = LoggerFactory.getLogger(OwnLimits.class);
  private static final Path PROGRAM = Path.of("/usr/bin/lxcfs");
  private static final Duration READY = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 5_000_000;

  /** Files below {@code proc} in a view, by their names in /proc. */
  public static final List<String> PROC_FILES =
      List.of("cpuinfo", "diskstats", "loadavg", "meminfo", "stat", "swaps", "uptime");

  /** What a view has of /sys. */
  public static final String PROCESSORS = "sys/devices/system/cpu";

  private OwnLimits() {}

  /**
   * The directory with the files, served from now on; empty, with a warning in the log, where lxcfs
   * is not installed or does not work. Sandboxes then see the machine's figures.
   *
   * @param directory where lxcfs is mounted; the same for all engines of the host
   */
  public static Optional<Path> serve(Path directory) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      LOG.warn(
          "lxcfs is not installed: sandboxes see the machine's processors and memory as theirs");
      return Optional.empty();
    }
    Path lock = directory.resolveSibling(directory.getFileName() + ".lock");
    Files.createDirectories(lock.getParent());
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!isServed(directory)) {
        start(directory);
      }
      return Optional.of(directory).filter(OwnLimits::isServed);
    }
  }

  private static boolean isServed(Path directory) {
    try {
      return Files.readString(directory.resolve("proc/meminfo")).startsWith("MemTotal");
    } catch (IOException e) {
      return false;
    }
  }

  private static void start(Path directory) throws IOException {
    clear(directory);
    Files.createDirectories(directory);
    List<String> command =
        List.of(
            "setsid",
            PROGRAM.toString(),
            "-f",
            "-l",
            "--enable-cfs",
            "-p",
            directory + ".pid",
            directory.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Instant latest = Instant.now().plus(READY);
    while (!isServed(directory) && process.isAlive() && Instant.now().isBefore(latest)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    if (!isServed(directory)) {
      process.destroy();
      LOG.warn("lxcfs does not work on this host: sandboxes see the machine's figures as theirs");
    }
  }

  /** A mount whose server has died is in the way of the next. */
  private static void clear(Path directory) throws IOException {
    String mounts = Files.readString(Path.of("/proc/self/mounts"));
    if (mounts.contains(" " + directory + " ")) {
      Mounts.detach(directory);
    }
  }
}
