package dev.paddock.toolbox.lsp;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.SandboxPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Paths of the sandbox as language servers and clients write them. */
final class FileUri {
  private static final String SCHEME = "file://";

  private FileUri() {}

  /** An absolute path as servers expect it, percent-encoded. */
  static String of(String path) {
    try {
      return SCHEME + new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new InvalidException("'" + path + "' cannot be written as a URI", e);
    }
  }

  /**
   * The path in a client's URI as it stands there: the official clients put {@code file://} before
   * a path and encode nothing. A relative one starts at the work dir.
   */
  static String path(String uri, String workDir) {
    if (!uri.startsWith(SCHEME)) {
      throw new InvalidException("uri must be file:// and a path");
    }
    return absolute(uri.substring(SCHEME.length()), workDir);
  }

  /** The path that an encoded URI means; empty when it is not encoded. */
  static Optional<String> decoded(String path) {
    if (path.indexOf('%') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException plain) {
      return Optional.empty();
    }
  }

  /** A path of the sandbox that does not depend on where a program runs. */
  static String absolute(String path, String workDir) {
    String checked = SandboxPath.require(path);
    String whole = checked.startsWith("/") ? checked : workDir + "/" + checked;
    String tidy = whole.replaceAll("/(\\./)+", "/").replaceAll("//+", "/");
    return tidy.length() > 1 ? tidy.replaceFirst("/\\.?$", "") : tidy;
  }
}
