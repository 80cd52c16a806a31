package dev.paddock.engine.rootfs;

import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.Mounts;
import dev.paddock.engine.host.Namespaces;
import dev.paddock.engine.host.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * A private mount namespace of this process and the few threads that are in it. Root file systems
 * are put together here, so the host's own mount table never shows a sandbox, and whatever is
 * mounted here is gone when the process is.
 */
public final class MountRoom implements AutoCloseable {
  private static final int THREADS = 8;

  private final Fd namespace;
  private final ExecutorService threads;
  private final Path sysfs;

  private MountRoom(Fd namespace, Path sysfs) {
    this.namespace = namespace;
    this.sysfs = sysfs;
    this.threads = Executors.newFixedThreadPool(THREADS, enteringThreads());
  }

  /**
   * Opens a room.
   *
   * @param directory where it keeps its mount points
   */
  public static MountRoom open(Path directory) throws IOException {
    Path sysfs = Files.createDirectories(directory.resolve("sys"));
    try (ExecutorService founder = Executors.newSingleThreadExecutor()) {
      Fd namespace = Tasks.await(founder.submit(() -> found(sysfs)));
      return new MountRoom(namespace, sysfs);
    }
  }

  /** The kernel's view of devices as an empty network namespace sees it: no link of the host. */
  private static Fd found(Path sysfs) throws IOException {
    Namespaces.newMountNamespace();
    Mounts.makeRootSlave();
    Namespaces.newNetworkNamespace();
    long flags = Mounts.READ_ONLY | Mounts.NO_SUID | Mounts.NO_DEVICES | Mounts.NO_EXEC;
    Mounts.mount("sysfs", sysfs, flags, "");
    return Namespaces.currentMount();
  }

  /** A read-only /sys for sandboxes; a mount point of this room only. */
  public Path sysfs() {
    return sysfs;
  }

  /** Does work on a thread of the room and waits for it. At most eight at a time run. */
  public <T> T call(Callable<T> work) throws IOException {
    return Tasks.await(threads.submit(work));
  }

  private ThreadFactory enteringThreads() {
    ThreadFactory plain = Thread.ofPlatform().daemon().name("mount-room-", 0).factory();
    return work ->
        plain.newThread(() -> {
          enter();
          work.run();
        });
  }

  private void enter() {
    try {
      Namespaces.enterMount(namespace);
    } catch (ErrnoException e) {
      throw new IllegalStateException("The mount room is closed to its own threads", e);
    }
  }

  @Override
  public void close() {
    threads.close();
    namespace.close();
  }
}
