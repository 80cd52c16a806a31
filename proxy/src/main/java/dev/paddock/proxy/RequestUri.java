package dev.paddock.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A request's target as the sandbox may see it.
 *
 * @param authority host of an absolute-form target, which outranks the Host header; else empty
 * @param path path, beginning with a slash
 * @param query query without the proxy's own parameter, with its question mark, or empty
 * @param key value of the proxy's own parameter
 */
record RequestUri(Optional<String> authority, String path, String query, Optional<String> key) {
  static final String KEY = "DAYTONA_SANDBOX_AUTH_KEY";

  /** Reads a request line's target; empty when it has none of the forms that name a resource. */
  static Optional<RequestUri> parse(String target) {
    String ascii = asciiOnly(target);
    if (ascii.startsWith("/")) {
      return Optional.of(split(Optional.empty(), ascii));
    }
    int scheme = ascii.indexOf("://");
    if (scheme < 0 || !ascii.substring(0, scheme).toLowerCase(Locale.ROOT).startsWith("http")) {
      return Optional.empty();
    }
    String rest = ascii.substring(scheme + 3);
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
      end++;
    }
    String resource = rest.substring(end);
    return Optional.of(
        split(
            Optional.of(rest.substring(0, end)),
            resource.startsWith("/") ? resource : "/" + resource));
  }

  /**
   * Another address, such as a Referer, without any query parameter that speaks of the key. A page
   * that was opened with the key has it in its address, and browsers tell that to what it loads.
   */
  static String withoutKey(String address) {
    int mark = address.indexOf('?');
    if (mark < 0 || !address.contains(KEY)) {
      return address;
    }
    StringBuilder kept = new StringBuilder(address.substring(0, mark));
    char joint = '?';
    for (String parameter : address.substring(mark + 1).split("&", -1)) {
      if (!parameter.contains(KEY)) {
        kept.append(joint).append(parameter);
        joint = '&';
      }
    }
    return kept.toString();
  }

  /** Path and query, as a request line has them. */
  String resource() {
    return path + query;
  }

  private static RequestUri split(Optional<String> authority, String resource) {
    int mark = resource.indexOf('?');
    if (mark < 0) {
      return new RequestUri(authority, resource, "", Optional.empty());
    }
    String path = resource.substring(0, mark);
    String query = resource.substring(mark);
    if (!query.contains(KEY + "=")) {
      return new RequestUri(authority, path, query, Optional.empty());
    }
    return withoutKey(authority, path, query.substring(1));
  }

  private static RequestUri withoutKey(Optional<String> authority, String path, String parameters) {
    StringBuilder kept = new StringBuilder();
    Optional<String> key = Optional.empty();
    for (String parameter : parameters.split("&", -1)) {
      if (parameter.startsWith(KEY + "=")) {
        key = Optional.of(decoded(parameter.substring(KEY.length() + 1)));
      } else {
        kept.append(kept.isEmpty() ? '?' : '&').append(parameter);
      }
    }
    return new RequestUri(authority, path, kept.toString(), key);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** Bytes outside ASCII do not belong in a request line; escaped they mean the same everywhere. */
  private static String asciiOnly(String target) {
    StringBuilder escaped = null;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c > 0x7e && escaped == null) {
        escaped = new StringBuilder(target.substring(0, i));
      }
      if (escaped != null) {
        escaped.append(c > 0x7e ? String.format(Locale.ROOT, "%%%02X", (int) c) : c);
      }
    }
    return escaped == null ? target : escaped.toString();
  }
}
