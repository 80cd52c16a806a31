package dev.paddock.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * The proxy's answer to browsers that ask from another origin: yes to all. What that lets a foreign
 * page do is bounded by {@link Credentials}: the access cookie does not count for it.
 *
 * @param origin origin that asks, empty when none does or the client switched this off
 * @param methods methods that a preflight asks for, or empty
 * @param headers headers that a preflight asks for, or empty
 * @param preflight whether this is only the question
 */
record Cors(String origin, String methods, String headers, boolean preflight) {
  private static final String OFF = "X-Daytona-Disable-CORS";
  private static final String MAX_AGE_SECONDS = "7200";
  private static final Cors NONE = new Cors("", "", "", false);

  static Cors of(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String origin = headers.get(HttpHeaders.ORIGIN);
    if (origin == null || "true".equalsIgnoreCase(headers.get(OFF))) {
      return NONE;
    }
    String method = headers.get(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    String names = headers.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    return new Cors(
        origin,
        method == null ? "" : method,
        names == null ? "" : names,
        method != null && HttpMethod.OPTIONS.equals(request.method()));
  }

  boolean applies() {
    return !origin.isEmpty();
  }

  /** Adds the permission to a response. */
  void decorate(MultiMap response) {
    if (applies()) {
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
      response.add(HttpHeaders.VARY, "Origin");
    }
  }

  /** Answers the preflight. */
  void answer(HttpServerRequest request) {
    MultiMap response = request.response().headers();
    decorate(response);
    response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods);
    if (!headers.isEmpty()) {
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
    }
    response.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    request.response().setStatusCode(204).end();
  }
}
