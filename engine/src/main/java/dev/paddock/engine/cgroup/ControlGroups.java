package dev.paddock.engine.cgroup;

import dev.paddock.engine.host.Errno;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.PidFd;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * The control groups of one engine's sandboxes: a group per slot below one parent, on version 2 and
 * on version 1. The runtime makes them with their limits; finding, measuring, readying for the next
 * sandbox, killing and removing happens here.
 */
public final class ControlGroups {
  private static final int ATTEMPTS = 40;

  /**
   * Most memory that a group which is used again may be charged with: what its last holder read of
   * files that are still there, such as an image's, stays charged to it.
   */
  private static final long LEFT_OVER_BYTES = 32 << 20;

  /** The first pause; each is longer than the one before by as much, 0.2 s in all. */
  private static final long PAUSE_NANOS = 250_000;

  /** On version 1, in nanoseconds. */
  private static final String PROCESSOR_TIME = "cpuacct.usage";

  private final Hierarchies hierarchies;
  private final String parent;

  private ControlGroups(Hierarchies hierarchies, String parent) {
    this.hierarchies = hierarchies;
    this.parent = parent;
  }

  /**
   * Looks at the host once.
   *
   * @param parent name of the group that all groups of this engine are in
   */
  public static ControlGroups detect(String parent) throws IOException {
    return new ControlGroups(Hierarchies.detect(), parent);
  }

  /** Makes the parents of all groups, and tells where sandboxes have theirs. */
  public GroupLayout layout() throws IOException {
    return GroupLayout.prepare(hierarchies, parent, limitsSwap());
  }

  /** A group's path below the root of every hierarchy, as runtimes want it. */
  public String path(String name) {
    return "/" + parent + "/" + name;
  }

  /** Whether the kernel can keep a group from swapping. */
  public boolean limitsSwap() throws IOException {
    return hierarchies.unified()
        || Files.exists(hierarchies.of("memory").resolve("memory.memsw.limit_in_bytes"));
  }

  /** Names of the groups of single sandboxes that are there, whoever made them. */
  public Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path root : hierarchies.roots()) {
      for (Path group : children(root.resolve(parent))) {
        String name = group.getFileName().toString();
        names.add(name);
      }
    }
    return names;
  }

  /** Makes a group that can have so many processes and threads, with those of groups below it. */
  public void limitProcesses(String name, int most) throws IOException {
    Path group = Files.createDirectories(group("pids", name));
    if (hierarchies.unified()) {
      Path root = hierarchies.of("pids");
      Files.writeString(root.resolve("cgroup.subtree_control"), "+pids");
      Files.writeString(root.resolve(parent).resolve("cgroup.subtree_control"), "+pids");
    }
    Files.writeString(group.resolve("pids.max"), Integer.toString(most));
  }

  /**
   * What the group uses. On version 2, processor time counts from when the group was made, which
   * may be for another sandbox.
   */
  public SandboxUsage usage(String name) throws IOException {
    Path memory = group("memory", name);
    long processes = number(group("pids", name).resolve("pids.current"));
    if (hierarchies.unified()) {
      return new SandboxUsage(
          cpuMicros(group("cpu", name).resolve("cpu.stat")),
          memoryBytes(memory),
          number(memory.resolve("memory.max")),
          (int) processes);
    }
    return new SandboxUsage(
        number(group("cpuacct", name).resolve(PROCESSOR_TIME)) / 1000,
        memoryBytes(memory),
        number(memory.resolve("memory.limit_in_bytes")),
        (int) processes);
  }

  /** Kills every process of a group; to be repeated until it is empty. */
  public void kill(String name) throws IOException {
    for (Path root : hierarchies.roots()) {
      for (long pid : processes(root.resolve(parent).resolve(name))) {
        kill(pid);
      }
    }
  }

  /**
   * Readies a group that sandboxes of the native runtime are in, one after the other, for the next
   * one. It stays, because to remove one makes the kernel look at all file systems and all groups,
   * while everybody who makes either waits. Where something is left in it, or it is not there in
   * every hierarchy, what is left is killed and the group removed.
   */
  public void recycle(String name) throws IOException {
    if (isVacant(name)) {
      resetProcessorTime(name);
    } else {
      remove(name);
    }
  }

  private boolean isVacant(String name) throws IOException {
    Path group = group("memory", name);
    return isWhole(name)
        && processes(group).isEmpty()
        && children(group).isEmpty()
        && memoryBytes(group) <= LEFT_OVER_BYTES;
  }

  /** Whether what is read and written of it here is there: making it may have been interrupted. */
  private boolean isWhole(String name) throws IOException {
    return Files.exists(group("memory", name))
        && (hierarchies.unified() || Files.exists(group("cpuacct", name)));
  }

  /** Version 2 has no way to do this. */
  private void resetProcessorTime(String name) throws IOException {
    if (!hierarchies.unified()) {
      Files.writeString(group("cpuacct", name).resolve(PROCESSOR_TIME), "0");
    }
  }

  /** Removes a group in every hierarchy, killing what is still in it. An absent one is fine. */
  public void remove(String name) throws IOException {
    for (Path root : hierarchies.roots()) {
      removeTree(root.resolve(parent).resolve(name), name);
    }
  }

  /** Removes the parent unless a sandbox is left in it. */
  public void removeParentIfEmpty() throws IOException {
    if (names().isEmpty()) {
      for (Path root : hierarchies.roots()) {
        removeTree(root.resolve(parent), ".");
      }
    }
  }

  private void removeTree(Path directory, String name) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.deleteIfExists(directory);
        return;
      } catch (FileSystemException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        for (Path child : children(directory)) {
          removeTree(child, name);
        }
        kill(name);
        LockSupport.parkNanos(attempt * PAUSE_NANOS);
      }
    }
  }

  private Path group(String controller, String name) throws IOException {
    return hierarchies.of(controller).resolve(parent).resolve(name);
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
      entries.forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static List<Long> processes(Path group) throws IOException {
    try {
      return Files.readAllLines(group.resolve("cgroup.procs")).stream().map(Long::valueOf).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static void kill(long pid) throws IOException {
    try (PidFd process = PidFd.open(pid)) {
      process.signal(PidFd.SIGKILL);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ESRCH) {
        throw e;
      }
    }
  }

  private long memoryBytes(Path group) throws IOException {
    String file = hierarchies.unified() ? "memory.current" : "memory.usage_in_bytes";
    return number(group.resolve(file));
  }

  private static long number(Path file) throws IOException {
    String text = Files.readString(file).strip();
    return text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static long cpuMicros(Path stat) throws IOException {
    for (String line : Files.readAllLines(stat)) {
      if (line.startsWith("usage_usec ")) {
        return Long.parseLong(line.substring("usage_usec ".length()));
      }
    }
    throw new IOException("The kernel does not tell the group's processor time");
  }
}
