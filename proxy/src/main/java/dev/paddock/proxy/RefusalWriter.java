package dev.paddock.proxy;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes refusals: a page for browsers, JSON for programs. */
final class RefusalWriter {
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";

  private RefusalWriter() {}

  static void write(Exchange exchange, Refusal refusal) {
    HttpServerResponse response = exchange.request().response();
    if (response.headWritten() || response.ended() || response.closed()) {
      response.reset();
      return;
    }
    response.headers().clear();
    exchange.decorate(response.headers());
    write(exchange.request(), refusal);
    if (exchange.hasBody()) {
      Leftover.discard(exchange.request());
    }
  }

  /** Answers a request whose head could not be made sense of. */
  static void write(HttpServerRequest request, Refusal refusal) {
    HttpServerResponse response = request.response();
    boolean page = wantsPage(request);
    response.setStatusCode(refusal.status());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (refusal.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"preview\"");
    }
    if (refusal.page() == Refusal.Page.RELOADS) {
      response.putHeader("Retry-After", "2");
    }
    if (page) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
      response.putHeader("Content-Security-Policy", PAGE_POLICY);
      response.putHeader("Referrer-Policy", "no-referrer");
      response.end(RefusalPage.render(refusal));
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
      response.end(json(request, refusal));
    }
  }

  private static boolean wantsPage(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static String json(HttpServerRequest request, Refusal refusal) {
    return new JsonObject()
        .put("statusCode", refusal.status())
        .put("message", refusal.message())
        .put("code", refusal.code())
        .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("path", RequestUri.parse(request.uri()).map(RequestUri::path).orElse(""))
        .put("method", request.method().name())
        .encode();
  }
}
