package dev.paddock.toolbox;

import dev.paddock.model.failure.InvalidException;
import java.nio.charset.StandardCharsets;

/**
 * The rules for paths that clients name. What a path leads to, links included, is decided inside
 * the sandbox with the sandbox user's rights; here only its form is checked.
 */
public final class SandboxPath {
  /** The agent's and Linux's limit, in bytes of UTF-8. */
  private static final int MAX_BYTES = 4096;

  private SandboxPath() {}

  /**
   * The path as it was, when its form is right.
   *
   * @throws InvalidException when it is empty, longer than 4,096 bytes or holds a NUL character
   */
  public static String require(String path) {
    if (path.isEmpty()) {
      throw new InvalidException("path is required");
    }
    if (path.indexOf('\0') >= 0) {
      throw new InvalidException("path must not contain a NUL character");
    }
    if (path.length() > MAX_BYTES || path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new InvalidException("path is longer than 4096 bytes");
    }
    return path;
  }

  /** The last component of a path, which a download is named after. */
  public static String fileName(String path) {
    String trimmed = path.replaceFirst("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
