package dev.paddock.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * One request and what the proxy made of its head.
 *
 * @param request the request; paused when it has a body
 * @param origin where it was sent to
 * @param uri its target
 * @param cors what to tell browsers of other origins
 * @param hasBody whether a body follows the head
 * @param cookie access cookie to set, if any
 */
record Exchange(
    HttpServerRequest request,
    Origin origin,
    RequestUri uri,
    Cors cors,
    boolean hasBody,
    Optional<String> cookie) {

  /**
   * The public address of a server.
   *
   * @param protocol protocol that clients speak, as configured
   * @param host host that the request names, with its port
   */
  record Origin(String protocol, String host) {}

  /**
   * Reads a request's head and pauses its body.
   *
   * @throws RefusedException when the head is ambiguous or names nothing
   */
  static Exchange of(HttpServerRequest request, ProxyConfig config) {
    RequestUri uri = RequestChecks.target(request);
    boolean hasBody = RequestChecks.hasBody(request);
    if (hasBody) {
      request.pause();
    }
    return new Exchange(
        request,
        new Origin(config.protocol(), RequestChecks.host(request, uri)),
        uri,
        Cors.of(request),
        hasBody,
        Optional.empty());
  }

  /** The host that the request names, with its port. */
  String host() {
    return origin.host();
  }

  Exchange withCookie(String value) {
    return new Exchange(request, origin, uri, cors, hasBody, Optional.of(value));
  }

  /** Adds to a response what the proxy has to say itself. */
  void decorate(MultiMap response) {
    cors.decorate(response);
    cookie.ifPresent(value -> response.add(HttpHeaders.SET_COOKIE, value));
  }

  /** Whether the client wants to leave HTTP for another protocol, such as WebSocket. */
  boolean upgrades() {
    String wanted = request.getHeader(HttpHeaders.UPGRADE);
    return wanted != null
        && HttpMethod.GET.equals(request.method())
        && !hasBody
        && !wanted.equalsIgnoreCase("h2c")
        && request.headers().getAll(HttpHeaders.CONNECTION).stream().anyMatch(HopByHop::upgrades);
  }

  /** Whether a person followed a link to here, as against a script, a frame or a program. */
  boolean isTopLevelNavigation() {
    return HttpMethod.GET.equals(request.method())
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && "document".equals(request.getHeader("Sec-Fetch-Dest"));
  }

  /** Takes the key out of the browser's address bar, where the sandbox's scripts could read it. */
  void redirectToCleanAddress() {
    HttpServerResponse response = request.response();
    decorate(response.headers());
    response.putHeader(
        HttpHeaders.LOCATION, origin.protocol() + "://" + origin.host() + uri.resource());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.setStatusCode(303).end();
  }

  /** Answers in the sandbox's place. */
  void refuse(Refusal refusal) {
    RefusalWriter.write(this, refusal);
  }
}
