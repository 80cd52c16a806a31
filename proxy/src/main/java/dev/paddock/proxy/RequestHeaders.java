package dev.paddock.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a client's headers into those that the sandbox gets. */
final class RequestHeaders {
  /** Tells the toolbox that the proxy let this request in by the sandbox's preview token. */
  static final String TOOLBOX_ACCESS = "X-Paddock-Preview-Access";

  /** Credentials and orders meant for the proxy, claims about the way here, and framing. */
  private static final Set<String> OURS =
      Set.of(
          "x-daytona-preview-token",
          "x-daytona-skip-preview-warning",
          "x-daytona-skip-last-activity-update",
          "x-daytona-disable-cors",
          "x-paddock-preview-access",
          "forwarded",
          "via",
          "x-real-ip",
          "host",
          "content-length",
          "expect",
          "trailer");

  private static final String VIA = "1.1 paddock";

  private RequestHeaders() {}

  /** Copies what may pass from {@code request} into {@code onward} and adds the true origin. */
  static void copy(HttpServerRequest request, MultiMap onward, Exchange exchange, Onward plan) {
    MultiMap headers = request.headers();
    Set<String> nominated = HopByHop.nominated(headers);
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (passes(name, nominated)) {
        filtered(name, header.getValue(), plan)
            .ifPresent(value -> onward.add(header.getKey(), value));
      }
    }
    if (headers.contains("te", "trailers", true)) {
      onward.set("TE", "trailers");
    }
    onward.set(HttpHeaders.HOST, exchange.host());
    onward.set("X-Forwarded-For", request.remoteAddress().hostAddress());
    onward.set("X-Forwarded-Proto", exchange.origin().protocol());
    onward.set("X-Forwarded-Host", exchange.host());
    onward.set("Via", VIA);
    plan.toolboxAccess().ifPresent(access -> onward.set(TOOLBOX_ACCESS, access));
  }

  private static boolean passes(String name, Set<String> nominated) {
    return !OURS.contains(name)
        && !HopByHop.isStandard(name)
        && !nominated.contains(name)
        && !name.startsWith("x-forwarded-");
  }

  private static Optional<String> filtered(String name, String value, Onward plan) {
    return switch (name) {
      case "authorization" ->
          switch (plan.authorization()) {
            case ALL -> Optional.of(value);
            case ALL_BUT_OUR_KEYS -> Optional.of(value).filter(v -> !Credentials.holdsOurKey(v));
            case NONE -> Optional.empty();
          };
      case "cookie" -> AccessCookie.without(value);
      case "referer" -> Optional.of(RequestUri.withoutKey(value));
      default -> Optional.of(value);
    };
  }
}
