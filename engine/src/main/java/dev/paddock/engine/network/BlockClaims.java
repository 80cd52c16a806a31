package dev.paddock.engine.network;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Which data directory owns which network block of this host. A claim is a file named by the block
 * that holds the data directory's path; it lasts until the host restarts, so that a server finds
 * the block again in which its sandboxes still run.
 */
public final class BlockClaims {
  private final Path directory;

  /** Claims kept in a directory that all servers of the host share and a restart empties. */
  public BlockClaims(Path directory) {
    this.directory = directory;
  }

  /**
   * The block of a data directory: its own from before, else a free one, else one whose data
   * directory is gone.
   */
  public NetworkBlock claim(Path dataDirectory, Ipv4Network whole) throws IOException {
    Files.createDirectories(directory);
    String owner = dataDirectory.toAbsolutePath().toString();
    for (int index = 0; index < NetworkBlock.COUNT; index++) {
      if (ownerOf(index).filter(owner::equals).isPresent()) {
        return NetworkBlock.of(whole, index);
      }
    }
    for (int index = 0; index < NetworkBlock.COUNT; index++) {
      Optional<String> former = ownerOf(index);
      if (former.isPresent() && !former.get().isEmpty() && Files.notExists(Path.of(former.get()))) {
        Files.deleteIfExists(file(index));
      }
      if (take(index, owner)) {
        return NetworkBlock.of(whole, index);
      }
    }
    throw new UnavailableException(
        "All "
            + NetworkBlock.COUNT
            + " sandbox networks of this host are taken by other data"
            + " directories; remove one of those");
  }

  private Optional<String> ownerOf(int index) throws IOException {
    try {
      return Optional.of(Files.readString(file(index)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private boolean take(int index, String owner) throws IOException {
    try {
      Files.writeString(file(index), owner, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private Path file(int index) {
    return directory.resolve(Integer.toString(index));
  }
}
