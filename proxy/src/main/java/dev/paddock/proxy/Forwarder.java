package dev.paddock.proxy;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends admitted requests on. Belongs to one event loop. */
final class Forwarder {
  private final IdleConnections clients;
  private final Map<HttpConnection, Upstream> upstreams = new HashMap<>();

  Forwarder(IdleConnections clients) {
    this.clients = clients;
  }

  /** Sends a request on; {@code whenOver} runs once, when its answer ended in whatever way. */
  void forward(Exchange exchange, Onward onward, Runnable whenOver) {
    new Forwarding(this, exchange, onward, whenOver).start();
  }

  /** Notes a new connection to a sandbox. */
  void connected(HttpConnection connection) {
    upstreams.put(connection, new Upstream(FlowGate.guard(connection)));
    connection.closeHandler(closed -> upstreams.remove(connection));
  }

  /** What is known of a connection to a sandbox; empty when it is closed already. */
  Optional<Upstream> upstream(HttpConnection connection) {
    return Optional.ofNullable(upstreams.get(connection));
  }

  /** The two connections left HTTP; from now on they end with each other. */
  void upgraded(HttpConnection client, HttpConnection sandbox) {
    clients.upgraded(client);
    upstreams.remove(sandbox);
  }
}
