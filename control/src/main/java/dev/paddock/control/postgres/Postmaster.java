package dev.paddock.control.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What PostgreSQL's lock file says about the server that owns a data directory.
 *
 * @param pid its main process
 * @param port where it listens
 * @param ready whether it takes connections
 */
record Postmaster(long pid, int port, boolean ready) {
  private static final String LOCK_FILE = "postmaster.pid";
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** The live owner of {@code data}. A file left behind by a dead one counts as none. */
  static Optional<Postmaster> find(Path data) throws IOException {
    try {
      return parse(Files.readAllLines(data.resolve(LOCK_FILE)))
          .filter(postmaster -> owns(postmaster.pid, data));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /** Removes the lock file of a dead owner, whose pid may by now belong to somebody else. */
  static void removeStaleLock(Path data) throws IOException {
    if (find(data).isEmpty()) {
      Files.deleteIfExists(data.resolve(LOCK_FILE));
    }
  }

  static Optional<Postmaster> parse(List<String> lines) {
    try {
      long pid = Long.parseLong(lines.getFirst().strip());
      int port = lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      return Optional.of(new Postmaster(pid, port, ready));
    } catch (NumberFormatException | NoSuchElementException torn) {
      return Optional.empty();
    }
  }

  /** PostgreSQL works inside its data directory, which tells it from any other process. */
  private static boolean owns(long pid, Path data) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data);
    } catch (IOException gone) {
      return false;
    }
  }
}
