package dev.paddock.proxy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.NetSocket;

/** A connection that left HTTP, such as a WebSocket: bytes both ways, each at its reader's pace. */
final class Tunnel {
  private Tunnel() {}

  /** Asks the sandbox to switch protocols. */
  static void ask(HttpClientRequest request, String protocol) {
    request.headers().set(HttpHeaders.CONNECTION, "Upgrade").set(HttpHeaders.UPGRADE, protocol);
    request.connect();
  }

  /**
   * Joins the two connections after the sandbox agreed; completes when either side closed and what
   * it had sent is through.
   */
  static Future<Void> join(Exchange exchange, HttpClientResponse agreed) {
    NetSocket sandbox = agreed.netSocket();
    sandbox.pause();
    MultiMap head = exchange.request().response().headers();
    ResponseHeaders.copy(agreed.headers(), head, exchange);
    head.set(HttpHeaders.CONNECTION, "Upgrade");
    head.set(HttpHeaders.UPGRADE, agreed.headers().get(HttpHeaders.UPGRADE));
    return exchange
        .request()
        .toNetSocket()
        .compose(client -> {
          client.pause();
          return Future.any(client.pipeTo(sandbox), sandbox.pipeTo(client))
              .onComplete(over -> {
                client.close();
                sandbox.close();
              });
        })
        .onFailure(failure -> sandbox.close())
        .mapEmpty();
  }
}
