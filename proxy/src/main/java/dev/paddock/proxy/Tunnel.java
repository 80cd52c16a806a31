package dev.paddock.proxy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that left HTTP, such as a WebSocket: bytes both ways, each at its reader's pace. */
final class Tunnel {
  private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

  private Tunnel() {}

  /** Asks the sandbox to switch protocols. */
  static void ask(HttpClientRequest request, String protocol) {
    request.headers().set(HttpHeaders.CONNECTION, "Upgrade").set(HttpHeaders.UPGRADE, protocol);
    request.connect();
  }

  /**
   * Joins the two connections after the sandbox agreed; completes when either side closed and what
   * it had sent is on its way.
   */
  static Future<Void> join(Exchange exchange, HttpClientResponse agreed, FlowGate sandboxGate) {
    NetSocket sandbox = agreed.netSocket();
    sandboxGate.shut();
    MultiMap head = exchange.request().response().headers();
    ResponseHeaders.copy(agreed.headers(), head, exchange);
    head.set(HttpHeaders.CONNECTION, "Upgrade");
    head.set(HttpHeaders.UPGRADE, agreed.headers().get(HttpHeaders.UPGRADE));
    return exchange
        .request()
        .toNetSocket()
        .compose(client -> join(client, sandbox, sandboxGate))
        .onFailure(failure -> {
          sandbox.close();
          sandboxGate.open();
        });
  }

  private static Future<Void> join(NetSocket client, NetSocket sandbox, FlowGate sandboxGate) {
    FlowGate clientGate = FlowGate.before(((NetSocketInternal) client).channelHandlerContext());
    Promise<Void> over = Promise.promise();
    pour(client, clientGate, sandbox, over);
    pour(sandbox, sandboxGate, client, over);
    sandboxGate.open();
    return over.future();
  }

  /** Moves what one side says to the other; when it closes, so does the other. */
  private static void pour(NetSocket from, FlowGate gate, NetSocket to, Promise<Void> over) {
    from.handler(part -> {
      to.write(part);
      if (to.writeQueueFull()) {
        gate.shut();
        to.drainHandler(drained -> gate.open());
      }
    });
    from.exceptionHandler(broken -> LOG.debug("A tunnel broke", broken));
    from.closeHandler(closed -> {
      // Nobody drains a gate whose way out is gone.
      gate.open();
      to.end();
      over.tryComplete();
    });
    from.endHandler(end -> to.end());
  }
}
