package dev.paddock.engine.rootfs;

import dev.paddock.engine.host.BackgroundThreads;
import dev.paddock.engine.host.SpreadDirectory;
import dev.paddock.engine.host.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories for the files of sandboxes, made ahead by one thread: a disk takes longer to make
 * some than to rename one. Methods may be called from any number of threads.
 */
public final class BlankDirectories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlankDirectories.class);
  private static final String WRITABLE = "fs";
  private static final long FIRST_FILL_MILLIS = 3_000;

  /** A burst of starts is not to share the processors with this, while half of them are left. */
  private static final long QUIET_MILLIS = 500;

  private final Path directory;
  private final int size;
  private final BlockingQueue<Path> ready = new LinkedBlockingQueue<>();
  private final AtomicBoolean refillPlanned = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, BackgroundThreads.named("directory-maker"));

  private BlankDirectories(Path directory, int size) {
    this.directory = directory;
    this.size = size;
    // What is planned for later would keep the engine from closing until then.
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Makes the directory that they are in, and removes from it what an earlier process left.
   *
   * @param directory on the same file system as the sandboxes' files
   * @param size how many are kept; 0 makes each when it is asked for
   */
  public static BlankDirectories open(Path directory, int size) throws IOException {
    TreeRemoval.remove(directory);
    SpreadDirectory.make(directory);
    return new BlankDirectories(directory, size);
  }

  /** Makes them in the background, once this process has had time to start. */
  public void fill() {
    plan(FIRST_FILL_MILLIS);
  }

  /**
   * Makes the directory of a new sandbox, with the writable part of its root in it.
   *
   * @param sandbox a path where nothing is
   * @param ownHosts whether an {@link OwnHostsFile} fits its image
   */
  public void give(Path sandbox, boolean ownHosts) throws IOException {
    Path blank = ready.poll();
    plan(ready.size() < size / 2 ? 0 : QUIET_MILLIS);
    Path given = blank == null ? make() : blank;
    if (!ownHosts) {
      OwnHostsFile.remove(RootFileSystem.upper(writable(given)));
    }
    Files.move(given, sandbox, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The writable part in the directory of a sandbox. */
  public static Path writable(Path sandbox) {
    return sandbox.resolve(WRITABLE);
  }

  private Path make() throws IOException {
    Path blank = Files.createDirectory(directory.resolve(UUID.randomUUID().toString()));
    Path writable = Files.createDirectory(writable(blank));
    RootFileSystem.prepare(writable);
    OwnHostsFile.prepare(RootFileSystem.upper(writable));
    return blank;
  }

  private void plan(long delayMillis) {
    if (size > 0 && refillPlanned.compareAndSet(false, true)) {
      var _ = thread.schedule(this::refill, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void refill() {
    refillPlanned.set(false);
    try {
      while (ready.size() < size && !thread.isShutdown()) {
        ready.add(make());
      }
    } catch (IOException e) {
      LOG.warn("No directory for a sandbox could be made ahead", e);
    }
  }

  /** Stops making them; what is there is removed with the next start. */
  @Override
  public void close() {
    thread.close();
  }
}
