package dev.paddock.toolbox.git;

import dev.paddock.model.failure.InvalidException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a remote repository is.
 *
 * @param text the address without the credentials that it may have had
 * @param embedded those credentials
 */
record RemoteUrl(String text, Optional<GitCredentials> embedded) {
  private static final Pattern HTTP =
      Pattern.compile("(?i)(https?://)(?:([^/?#]*)@)?([^/?#@]+)(.*)", Pattern.DOTALL);

  /**
   * Reads an address: a URL, {@code user@host:path}, or a path of the sandbox.
   *
   * @throws InvalidException when it is empty or git could take it for something else
   */
  static RemoteUrl parse(String url) {
    if (url.isBlank()) {
      throw new InvalidException("url is required");
    }
    if (url.startsWith("-") || url.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidException(
          "url must be an address such as https://example.com/repository.git");
    }
    Matcher http = HTTP.matcher(url);
    if (!http.matches() || http.group(2) == null) {
      return new RemoteUrl(url, Optional.empty());
    }
    return new RemoteUrl(http.group(1) + http.group(3) + http.group(4), credentials(http.group(2)));
  }

  /** Scheme, host and port of a server that is asked by HTTP; empty for any other remote. */
  Optional<String> origin() {
    Matcher http = HTTP.matcher(text);
    return http.matches() ? Optional.of(http.group(1) + http.group(3)) : Optional.empty();
  }

  private static Optional<GitCredentials> credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? GitCredentials.of(decode(userInfo), "")
        : GitCredentials.of(
            decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
  }

  private static String decode(String text) {
    try {
      // The decoder is one of forms, in which a plus sign stands for a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidException(
          "the user name or password in url is not percent-encoded", malformed);
    }
  }
}
