package dev.paddock.web;

import java.util.function.Consumer;

/**
 * A WebSocket endpoint. A plain GET on the same path may be a {@link Route} as well.
 *
 * @param path path below the group's prefix, as in {@link Route}
 * @param admission looks at the handshake and throws a {@code PaddockException} to refuse it, which
 *     becomes an ordinary HTTP answer
 * @param handler what it does with a connection
 */
public record WebSocketRoute(String path, Consumer<Exchange> admission, WebSocketHandler handler) {
  /** An endpoint that admits every authenticated handshake. */
  public WebSocketRoute(String path, WebSocketHandler handler) {
    this(path, exchange -> {}, handler);
  }
}
