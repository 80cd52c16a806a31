package dev.paddock.proxy;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether the access cookie may speak for a request. A browser sends it without being asked, so it
 * counts only where the sandbox itself asks or a person goes there. Programs set cookies on purpose
 * and say nothing of where they come from.
 */
final class CookieTrust {
  private CookieTrust() {}

  static boolean test(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null) {
      return SameSandbox.test(origin, exchange.host());
    }
    return staysHere(request.getHeader("Sec-Fetch-Site"))
        || exchange.isTopLevelNavigation()
        || isFromThisSandbox(request.getHeader(HttpHeaders.REFERER), exchange.host());
  }

  /** What the browser says of the way from the page that asks; scripts cannot set it. */
  private static boolean staysHere(@Nullable String site) {
    return site == null || site.equals("same-origin") || site.equals("none");
  }

  /** A page may embed what another port of its sandbox serves; no other page can claim to be it. */
  private static boolean isFromThisSandbox(@Nullable String referer, String host) {
    return referer != null && SameSandbox.test(referer, host);
  }
}
