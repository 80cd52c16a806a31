package dev.paddock.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that speak about one connection and end with it (RFC 9110, section 7.6.1). */
final class HopByHop {
  private static final Set<String> STANDARD =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private HopByHop() {}

  static boolean isStandard(String lowerCaseName) {
    return STANDARD.contains(lowerCaseName);
  }

  /** Names, in lower case, that the message's own Connection header adds to the list. */
  static Set<String> nominated(MultiMap headers) {
    List<String> connection = headers.getAll(HttpHeaders.CONNECTION);
    if (connection.isEmpty() || isUsual(connection)) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (String value : connection) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Whether a Connection header asks for an upgrade; Firefox asks for keep-alive besides. */
  static boolean upgrades(String connection) {
    for (String option : connection.split(",", -1)) {
      if (option.strip().equalsIgnoreCase("upgrade")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUsual(List<String> connection) {
    String only = connection.getFirst();
    return connection.size() == 1
        && (only.equalsIgnoreCase("keep-alive")
            || only.equalsIgnoreCase("close")
            || only.equalsIgnoreCase("upgrade"));
  }
}
