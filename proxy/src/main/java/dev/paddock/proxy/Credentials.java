package dev.paddock.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proofs of access that one request carries, in the order in which they are tried.
 *
 * @param bearer API key or token of the Authorization header
 * @param header preview token of its own header
 * @param key preview token of the query
 * @param cookie preview token of the cookie for this sandbox
 */
record Credentials(
    Optional<String> bearer,
    Optional<String> header,
    Optional<String> key,
    Optional<String> cookie) {
  static final String TOKEN_HEADER = "X-Daytona-Preview-Token";
  private static final String BEARER = "bearer ";
  private static final String KEY_PREFIX = "dtn_";

  /** A key where a word begins: other tokens may hold the same letters in their middle. */
  private static final Pattern KEY = Pattern.compile("(?:^|[^\\w.+/~-])" + KEY_PREFIX);

  /** Reads what the request for one sandbox carries. */
  static Credentials of(MultiMap headers, RequestUri uri, String sandboxId) {
    return new Credentials(
        bearer(headers),
        Optional.ofNullable(headers.get(TOKEN_HEADER)),
        uri.key(),
        AccessCookie.find(headers.getAll(HttpHeaders.COOKIE), sandboxId));
  }

  /** The same without the cookie, which a browser sends without being asked. */
  Credentials withoutCookie() {
    return new Credentials(bearer, header, key, Optional.empty());
  }

  /** The same without the bearer, when somebody else judges that. */
  Credentials withoutBearer() {
    return new Credentials(Optional.empty(), header, key, cookie);
  }

  boolean isEmpty() {
    return bearer.isEmpty() && header.isEmpty() && key.isEmpty() && cookie.isEmpty();
  }

  /**
   * Whether an Authorization header carries an API key of ours, in force or not. What cannot be
   * looked up just now, or belongs to another organization, is nobody's to see all the same.
   */
  static boolean holdsOurKey(String authorization) {
    return authorization.contains(KEY_PREFIX) && KEY.matcher(authorization).find();
  }

  private static Optional<String> bearer(MultiMap headers) {
    String authorization = headers.get(HttpHeaders.AUTHORIZATION);
    if (authorization == null
        || authorization.length() <= BEARER.length()
        || !authorization.substring(0, BEARER.length()).toLowerCase(Locale.ROOT).equals(BEARER)) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(BEARER.length()).trim());
  }
}
