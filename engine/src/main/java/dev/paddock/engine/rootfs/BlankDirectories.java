package dev.paddock.engine.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Empty writable parts of root file systems, made ahead: a disk takes longer to make directories
 * than to rename one.
 */
public final class BlankDirectories {
  private final Path directory;

  private BlankDirectories(Path directory) {
    this.directory = directory;
  }

  /** Makes the directory that they are in, which is on the same file system as the sandboxes'. */
  public static BlankDirectories open(Path directory) throws IOException {
    return new BlankDirectories(Files.createDirectories(directory));
  }

  /** Makes the one of a slot, unless it is there. */
  public void make(int slot) throws IOException {
    RootFileSystem.prepare(of(slot));
  }

  /** Turns the one of a slot into {@code writable}, unless that exists. */
  public void give(int slot, Path writable) throws IOException {
    if (!Files.exists(writable)) {
      Files.move(of(slot), writable, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path of(int slot) {
    return directory.resolve(Integer.toString(slot));
  }
}
