package dev.paddock.proxy;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** Reads those parts of a request's head on which two servers must never disagree. */
final class RequestChecks {
  private RequestChecks() {}

  static RequestUri target(HttpServerRequest request) {
    if (HttpMethod.CONNECT.equals(request.method())) {
      throw new RefusedException(Refusal.badRequest("CONNECT is not for preview hosts."));
    }
    return RequestUri.parse(request.uri())
        .orElseThrow(
            () -> new RefusedException(Refusal.badRequest("The request names no resource.")));
  }

  /** The one host that the request is for; a target in absolute form outranks the header. */
  static String host(HttpServerRequest request, RequestUri uri) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    boolean mayLackHost = request.version() == HttpVersion.HTTP_1_0;
    if (hosts.size() > 1 || (hosts.isEmpty() && !mayLackHost)) {
      throw new RefusedException(Refusal.badRequest("A request needs exactly one Host header."));
    }
    String host = uri.authority().orElse(hosts.isEmpty() ? "" : hosts.getFirst());
    for (int i = 0; i < host.length(); i++) {
      if (!belongsInHost(host.charAt(i))) {
        throw new RefusedException(Refusal.badRequest("The Host header is malformed."));
      }
    }
    return host;
  }

  private static boolean belongsInHost(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_:[]".indexOf(c) >= 0;
  }

  /** Whether a body follows; its length must be told in one way only. */
  static boolean hasBody(HttpServerRequest request) {
    List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    List<String> lengths = request.headers().getAll(HttpHeaders.CONTENT_LENGTH);
    if (encodings.isEmpty()) {
      return lengths.size() == 1 && !lengths.getFirst().equals("0");
    }
    boolean plain = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
    if (!plain || !lengths.isEmpty() || request.version() == HttpVersion.HTTP_1_0) {
      throw new RefusedException(Refusal.badRequest("The length of the body is ambiguous."));
    }
    return true;
  }
}
