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
import org.jspecify.annotations.Nullable;

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
      PostgresArchive.unpack(raw, partial);
    }
    makeReadable(partial);
    return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
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
