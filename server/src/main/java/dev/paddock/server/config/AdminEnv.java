package dev.paddock.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file that makes the first key usable without a browser: {@code DAYTONA_API_KEY} and {@code
 * DAYTONA_API_URL} in the form that shells and the official clients read. Mode 0600.
 */
public final class AdminEnv {
  private static final String KEY = "DAYTONA_API_KEY=";
  private final Path file;

  public AdminEnv(Path dataDir) {
    this.file = dataDir.resolve("admin.env");
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** The key that an earlier start wrote. */
  public Optional<String> key() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(KEY))
        .map(line -> line.substring(KEY.length()).strip())
        .filter(key -> !key.isEmpty())
        .findFirst();
  }

  /** Replaces the file at once, so that a reader sees the old or the new one, never a part. */
  public void write(String key, String apiUrl) throws IOException {
    Path fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "admin",
            ".env",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, KEY + key + "\nDAYTONA_API_URL=" + apiUrl + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
