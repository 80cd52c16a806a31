package dev.paddock.cli.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command with a message for the person at the terminal and an exit status.
 *
 * <p>Statuses: 1 the server refused or failed, 2 wrong usage, 3 the server is not reachable, 4 what
 * was named does not exist, 5 the key is missing or wrong.
 */
public final class CommandFailure extends RuntimeException {
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int UNREACHABLE = 3;
  public static final int NOT_FOUND = 4;
  public static final int UNAUTHORIZED = 5;

  private final int exitCode;

  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The exit status that fits a server's refusal with an HTTP status. */
  static int exitCodeFor(int httpStatus) {
    return switch (httpStatus) {
      case 401, 403 -> UNAUTHORIZED;
      case 404 -> NOT_FOUND;
      default -> FAILED;
    };
  }

  /** Status with which the process ends. */
  public int exitCode() {
    return exitCode;
  }

  /** The message; never null here. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }
}
