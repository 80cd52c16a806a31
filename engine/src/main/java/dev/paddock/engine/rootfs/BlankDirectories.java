package dev.paddock.engine.rootfs;

import dev.paddock.engine.host.MadeAhead;
import dev.paddock.engine.host.SpreadDirectory;
import dev.paddock.engine.host.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Directories for the files of sandboxes, made ahead by one thread: a disk takes longer to make
 * some than to rename one. Methods may be called from any number of threads.
 */
public final class BlankDirectories implements AutoCloseable {
  private static final String WRITABLE = "fs";

  private final Path directory;
  private final MadeAhead<Path> ready;

  private BlankDirectories(Path directory, int size) {
    this.directory = directory;
    this.ready = new MadeAhead<>("directory-maker", size, this::make);
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
    ready.fill();
  }

  /**
   * Makes the directory of a new sandbox, with the writable part of its root in it.
   *
   * @param sandbox a path where nothing is
   * @param ownHosts whether an {@link OwnHostsFile} fits its image
   */
  public void give(Path sandbox, boolean ownHosts) throws IOException {
    Optional<Path> blank = ready.take();
    Path given = blank.isPresent() ? blank.get() : make();
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

  /** Stops making them; what is there is removed with the next start. */
  @Override
  public void close() {
    var _ = ready.stop();
  }
}
