package dev.paddock.control.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The form that PostgreSQL comes in. Apart from what finds it unpacked: the library for xz has a
 * sealed package, which a Java VM's cache of classes cannot hold for a program that was moved.
 */
final class PostgresArchive {
  private PostgresArchive() {}

  /** Unpacks the compressed archive into a directory that exists. */
  static void unpack(InputStream compressed, Path target) throws IOException {
    TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(compressed));
    for (TarArchiveEntry entry; (entry = archive.getNextEntry()) != null; ) {
      Path file = target.resolve(entry.getName()).normalize();
      if (!file.startsWith(target)) {
        throw new IOException("The PostgreSQL archive leaves its directory");
      }
      if (entry.isDirectory()) {
        Files.createDirectories(file);
      } else if (entry.isSymbolicLink()) {
        Files.createDirectories(parent(file));
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else {
        Files.createDirectories(parent(file));
        Files.copy(archive, file);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("The PostgreSQL archive names a root");
    }
    return parent;
  }
}
