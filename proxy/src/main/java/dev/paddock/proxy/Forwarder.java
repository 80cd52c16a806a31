package dev.paddock.proxy;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;

/** Sends admitted requests on. Belongs to one event loop. */
final class Forwarder {
  private final IdleConnections clients;
  private final Map<HttpConnection, Forwarding> users = new HashMap<>();

  Forwarder(IdleConnections clients) {
    this.clients = clients;
  }

  /** Sends a request on; {@code whenOver} runs once, when its answer ended in whatever way. */
  void forward(Exchange exchange, Onward onward, Runnable whenOver) {
    new Forwarding(this, exchange, onward, whenOver).start();
  }

  /** Notes a new connection to a sandbox. */
  void connected(HttpConnection connection) {
    FlowGate.guard(connection);
    connection.closeHandler(closed -> users.remove(connection));
  }

  /**
   * Notes who uses the request's connection from now on.
   *
   * @return whether it served another before; then the sandbox may have closed it at the moment
   *     when this request left
   */
  boolean use(HttpClientRequest request, Forwarding user) {
    return users.put(request.connection(), user) != null;
  }

  /**
   * Breaks a request off by closing its connection, unless that already went back to the pool and
   * serves another: then the response has arrived whole and there is nothing to break off.
   */
  void breakOff(HttpClientRequest request, Forwarding user) {
    if (users.get(request.connection()) == user) {
      FlowGate gate = FlowGate.of(request.connection());
      request.reset();
      gate.open();
    }
  }

  /** The two connections left HTTP; from now on they end with each other. */
  void upgraded(HttpConnection client, HttpConnection sandbox) {
    clients.upgraded(client);
    users.remove(sandbox);
  }
}
