package dev.paddock.web;

/**
 * Leads one WebSocket conversation. Called on a virtual thread of its own once the handshake was
 * answered; the connection is closed with 1000 when it returns and with 1011 when it throws.
 */
@FunctionalInterface
public interface WebSocketHandler {
  void open(WebSocketConnection connection) throws Exception;
}
