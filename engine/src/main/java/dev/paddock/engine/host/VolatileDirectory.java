package dev.paddock.engine.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A directory that a restart of the host empties and that no disk slows down. On most hosts {@code
 * /run} is such a place; where it is not, the directory becomes one of its own.
 */
public final class VolatileDirectory {
  private static final String IN_MEMORY = "tmpfs";
  private static final String OPTIONS = "mode=0755,size=256m";

  private VolatileDirectory() {}

  /** Makes the directory. One that holds something already is left as it is. */
  public static void prepare(Path directory) throws IOException {
    Path parent = Files.createDirectories(directory.getParent());
    Path lockFile = parent.resolve("." + directory.getFileName() + ".lock");
    try (FileChannel file =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var _ = file.lock();
      Files.createDirectories(directory);
      if (!isInMemory(directory) && isEmpty(directory)) {
        Mounts.mount(IN_MEMORY, directory, Mounts.NO_SUID | Mounts.NO_DEVICES, OPTIONS);
      }
    }
  }

  private static boolean isInMemory(Path directory) throws IOException {
    return Files.getFileStore(directory).type().equals(IN_MEMORY);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }
}
