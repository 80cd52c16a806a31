package dev.paddock.control.store;

import dev.paddock.model.failure.InvalidException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which database to use.
 *
 * @param jdbcUrl begins with {@code jdbc:postgresql:}
 * @param user its role; empty when the URL names it
 * @param password its password; empty when there is none or the URL names it
 * @param poolSize most connections at a time, at least 2
 */
public record DatabaseConfig(String jdbcUrl, String user, String password, int poolSize) {
  /** Enough for the bursts that one host can carry, and below PostgreSQL's usual limit of 100. */
  public static final int DEFAULT_POOL_SIZE = 16;

  private static final String JDBC = "jdbc:postgresql:";

  /**
   * Reads a URL as people write it: {@code postgres://user:password@host:port/database?options} or
   * one for JDBC.
   *
   * @throws InvalidException when it is neither
   */
  public static DatabaseConfig parse(String url) {
    if (url.startsWith(JDBC)) {
      return new DatabaseConfig(url, "", "", DEFAULT_POOL_SIZE);
    }
    URI uri = uri(url);
    String[] credentials = credentials(uri);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String jdbcUrl = JDBC + "//" + uri.getHost() + port + uri.getRawPath() + options;
    return new DatabaseConfig(jdbcUrl, credentials[0], credentials[1], DEFAULT_POOL_SIZE);
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme();
      boolean known = "postgres".equals(scheme) || "postgresql".equals(scheme);
      if (known && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private static InvalidException malformed(@Nullable Exception cause) {
    String message =
        "The database URL is not understood; write postgres://user:password@host:5432/database";
    return cause == null ? new InvalidException(message) : new InvalidException(message, cause);
  }

  private static String[] credentials(URI uri) {
    String raw = uri.getRawUserInfo();
    if (raw == null) {
      return new String[] {"", ""};
    }
    int colon = raw.indexOf(':');
    String user = colon < 0 ? raw : raw.substring(0, colon);
    String password = colon < 0 ? "" : raw.substring(colon + 1);
    return new String[] {decode(user), decode(password)};
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Leaves out the password, which a JDBC URL may also hold. */
  @Override
  public String toString() {
    return "DatabaseConfig[user=" + user + ", poolSize=" + poolSize + "]";
  }
}
