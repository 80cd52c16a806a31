package dev.paddock.proxy;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns a sandbox's response headers into those that the client gets. */
final class ResponseHeaders {
  private static final String CORS = "access-control-";
  private static final String CORS_EXPOSE = "access-control-expose-headers";

  private ResponseHeaders() {}

  /**
   * Copies what may pass; the exchange then adds its own, such as CORS and the access cookie.
   *
   * @throws IllegalArgumentException when a header has characters that none may have
   */
  static void copy(MultiMap from, MultiMap to, Exchange exchange) {
    Set<String> nominated = HopByHop.nominated(from);
    boolean ourCors = exchange.cors().applies();
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (passes(name, header.getValue(), ourCors) && !nominated.contains(name)) {
        to.add(wellFormed(header.getKey()), header.getValue());
      }
    }
    exchange.decorate(to);
  }

  private static String wellFormed(String name) {
    if (HttpHeaderValidationUtil.validateToken(name) >= 0) {
      throw new IllegalArgumentException("malformed header name");
    }
    return name;
  }

  private static boolean passes(String name, String value, boolean ourCors) {
    return switch (name) {
      // An alternative address would lead around the proxy.
      case "alt-svc" -> false;
      // A sandbox must not meddle with the access to itself or to others.
      case "set-cookie" -> !value.stripLeading().startsWith(AccessCookie.PREFIX);
      default ->
          !HopByHop.isStandard(name)
              && !(ourCors && name.startsWith(CORS) && !name.equals(CORS_EXPOSE));
    };
  }
}
