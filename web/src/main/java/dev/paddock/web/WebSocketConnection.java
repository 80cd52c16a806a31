package dev.paddock.web;

import java.util.Optional;

/**
 * One open WebSocket. All methods may be called from several threads. Pings are answered, and sent
 * to keep the connection and to find out that the client has gone.
 */
public interface WebSocketConnection {
  /** The handshake: path parameters, query, headers, principal. It has no body. */
  Exchange handshake();

  /** Waits for the next whole message; empty once the connection has ended. */
  Optional<Message> receive() throws InterruptedException;

  /**
   * Sends a text message; blocks while the client is slow.
   *
   * @throws ClientGoneException once the connection has ended
   */
  void sendText(String text) throws ClientGoneException;

  /**
   * Sends a binary message; blocks while the client is slow.
   *
   * @throws ClientGoneException once the connection has ended
   */
  void sendBinary(byte[] data) throws ClientGoneException;

  /**
   * Starts the closing handshake. Does nothing on a connection that is closed.
   *
   * @param reason cut to 123 bytes of UTF-8, the most that the protocol carries
   */
  void close(int code, String reason);

  boolean isOpen();

  /**
   * Runs {@code action} on another thread when the connection ends, at once if it has. Lets a
   * handler that waits for something else stop waiting.
   */
  void onEnd(Runnable action);
}
