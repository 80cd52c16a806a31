package dev.paddock.control;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The control plane's own directory, and the proof that it belongs to a database. */
final class Installation {
  private static final String ID_FILE = "installation";

  private Installation() {}

  /** Makes the directory if it is absent, for its owner only. */
  static void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UnavailableException("The data directory could not be made or entered", e);
    }
  }

  /**
   * Binds the directory to a database the first time, and insists on it from then on. With another
   * database the reconciler would take every sandbox on this host for a leftover and remove it.
   *
   * @throws UnavailableException when the directory belongs to another database
   */
  static void requireSame(Path directory, String databaseId) {
    Path file = directory.resolve(ID_FILE);
    try {
      if (!Files.exists(file)) {
        Path fresh = directory.resolve(ID_FILE + ".partial");
        Files.writeString(fresh, databaseId);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } else if (!Files.readString(file).strip().equals(databaseId)) {
        throw new UnavailableException(
            "This data directory belongs to another database. Use that one, or another data"
                + " directory; if its sandboxes may be removed, delete the file "
                + ID_FILE
                + " in its control folder");
      }
    } catch (IOException e) {
      throw new UnavailableException("The data directory could not be read or written", e);
    }
  }
}
