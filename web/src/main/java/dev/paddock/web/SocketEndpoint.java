package dev.paddock.web;

/** A WebSocket route together with its group. */
record SocketEndpoint(RouteGroup group, WebSocketRoute route) {
  /** What a plain GET on the address gets: the reason for the refusal, or what it speaks. */
  Answer refuse(Exchange exchange) {
    route.admission().accept(exchange);
    throw new HttpFailure(426, "This address speaks WebSocket only");
  }
}
