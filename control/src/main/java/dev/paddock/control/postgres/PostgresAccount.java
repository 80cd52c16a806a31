package dev.paddock.control.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The account that PostgreSQL runs as. When the server runs as root that is a system user of its
 * own, made on demand, because PostgreSQL refuses to run as root; otherwise it is the server's own.
 *
 * <p>The data directory may lie where that user cannot go, below a home directory for instance.
 * Therefore its programs see the directory at {@value #MOUNT}, bound there in a mount namespace of
 * their own, and no permission outside has to be widened.
 */
final class PostgresAccount {
  private static final String USER = "paddock-postgres";
  private static final String MOUNT = "/mnt";
  private static final String ENTER =
      "mount --bind \"$1\" "
          + MOUNT
          + " && shift && cd "
          + MOUNT
          + " && exec setpriv --reuid="
          + USER
          + " --regid="
          + USER
          + " --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all -- \"$@\"";

  private final Path directory;
  private final boolean separate;

  private PostgresAccount(Path directory, boolean separate) {
    this.directory = directory;
    this.separate = separate;
  }

  /** The account for a PostgreSQL directory, made if need be. */
  static PostgresAccount of(Path directory) throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      makeUser(directory);
    }
    return new PostgresAccount(directory, root);
  }

  /** The directory as the account's programs see it. */
  String directory() {
    return separate ? MOUNT : directory.toString();
  }

  /** Gives a file to the account. */
  void own(Path file) throws IOException {
    if (separate) {
      Files.setOwner(file, user(file));
    }
  }

  /** A process that will run {@code command} as the account, out of the terminal's reach. */
  ProcessBuilder command(List<String> command) {
    List<String> line = new ArrayList<>(List.of("setsid"));
    if (separate) {
      line.addAll(List.of("unshare", "--mount", "--propagation", "private", "--"));
      line.addAll(List.of("/bin/sh", "-c", ENTER, "sh", directory.toString()));
    }
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "TZ"));
    environment.put("LC_ALL", "C");
    return builder;
  }

  private static void makeUser(Path anyFile) throws IOException {
    if (exists(anyFile)) {
      return;
    }
    Process process =
        new ProcessBuilder(
                "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/", USER)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while making the user " + USER, e);
    }
    if (!exists(anyFile)) {
      throw new IOException("The system user " + USER + " could not be made with useradd");
    }
  }

  private static boolean exists(Path anyFile) throws IOException {
    try {
      user(anyFile);
      return true;
    } catch (UserPrincipalNotFoundException absent) {
      return false;
    }
  }

  private static UserPrincipal user(Path anyFile) throws IOException {
    return anyFile.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
  }
}
