package dev.paddock.web;

/**
 * A WebSocket endpoint. A plain GET on the same path may be a {@link Route} as well.
 *
 * @param path path below the group's prefix, as in {@link Route}
 * @param handler what it does with a connection
 */
public record WebSocketRoute(String path, WebSocketHandler handler) {}
