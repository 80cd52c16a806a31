package dev.paddock.toolbox.git;

import dev.paddock.model.failure.InvalidException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A name and a password (or token) for a git server.
 *
 * <p>They go through a pipe that a helper inside git's own shell reads when git asks for them. An
 * argument would be in the process list, a variable would be handed to every hook and filter that
 * git starts, and a URL or a file would stay in the repository. What is in the pipe is gone once it
 * is read, and with the process otherwise.
 */
record GitCredentials(String username, String password) {
  private static final int MAX_LENGTH = 4096;

  /** How often git may ask: for the transfer, and for filters such as large file storage. */
  private static final int ANSWERS = 8;

  /**
   * Answers {@code get} with the next pair of lines of descriptor 3, and keeps nothing. {@code
   * read} takes byte by byte from a pipe, so the rest stays for the next time that git asks.
   */
  private static final String HELPER =
      "!f() { test \"$1\" = get || exit 0; IFS= read -r u <&3 && IFS= read -r p <&3 &&"
          + " printf 'username=%s\\npassword=%s\\n' \"$u\" \"$p\"; }; f";

  /** Credentials as a request brings them; none when both are missing or empty. */
  static Optional<GitCredentials> of(@Nullable String username, @Nullable String password) {
    String name = username == null ? "" : username;
    String secret = password == null ? "" : password;
    if (name.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    requireLine("username", name);
    requireLine("password", secret);
    return Optional.of(new GitCredentials(name, secret));
  }

  /**
   * A text that the line-wise formats of git can hold.
   *
   * @throws InvalidException when it cannot
   */
  static String requireLine(String field, String value) {
    if (value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c == '\n' || c == '\0')) {
      throw new InvalidException(
          field + " must be at most " + MAX_LENGTH + " characters without line breaks");
    }
    return value;
  }

  /** The credentials for the server of a remote; empty where it is asked by other means. */
  Optional<Scoped> at(RemoteUrl remote) {
    return remote.origin().map(origin -> new Scoped(origin, this));
  }

  /** Never the password: records are logged easily. */
  @Override
  public String toString() {
    return "GitCredentials[username=" + username + "]";
  }

  /**
   * Credentials that only one server is given, wherever it redirects to.
   *
   * @param origin scheme, host and port
   */
  record Scoped(String origin, GitCredentials credentials) {
    /** Options that ask this pair alone, so that no helper of the user's stores it. */
    List<String> options() {
      return List.of(
          "-c", "credential.helper=", "-c", "credential." + origin + ".helper=" + HELPER);
    }

    String input() {
      return (credentials.username() + "\n" + credentials.password() + "\n").repeat(ANSWERS);
    }
  }
}
