package dev.paddock.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Gives errors that are found before a request reaches its route the body that the others have. */
final class ProtocolErrors implements DirectHandler {
  private final Routes routes;

  ProtocolErrors(Routes routes) {
    this.routes = routes;
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Answer.Buffered answer =
        routes.error(request.method(), request.path(), status.code(), text(status));
    headers.set(HeaderNames.CONTENT_TYPE, answer.contentType());
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(answer.body())
        .build();
  }

  private static String text(Status status) {
    return switch (status.code()) {
      case 400 -> "The request is not valid HTTP";
      case 413 -> "The request body is too long";
      case 414 -> "The request line is too long";
      case 431 -> "The request headers are too long";
      case 500 -> "An unexpected error occurred.";
      default -> status.reasonPhrase();
    };
  }
}
