package dev.paddock.control.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that come along as an archive on the class path. */
final class PostgresBinaries {
  /** Of the archive; its major number is also the format of the data directory. */
  static final String VERSION = "18.6.0";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private PostgresBinaries() {}

  /**
   * Unpacks the programs into {@code directory/VERSION} unless that is done already; a torn attempt
   * leaves nothing that looks complete.
   */
  static Path unpack(Path directory) throws IOException {
    Path target = directory.resolve(VERSION);
    if (Files.isDirectory(target)) {
      return target;
    }
    Path partial = directory.resolve(VERSION + ".partial");
    deleteTree(partial);
    Files.createDirectories(partial);
    try (InputStream raw = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (raw == null) {
        throw new IOException("This build carries no PostgreSQL for this machine");
      }
      unpack(new TarArchiveInputStream(new XZInputStream(raw)), partial);
    }
    makeReadable(partial);
    return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveInputStream archive, Path target) throws IOException {
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

  /** The server's own umask may hide directories from the account that runs PostgreSQL. */
  private static void makeReadable(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isDirectory)::iterator) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
