package dev.paddock.proxy;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Closes client connections on which no request is open: those kept alive for too long, and those
 * whose next request head trickles in too slowly. A connection with an open request is never
 * touched, however silent it is. Belongs to one event loop.
 */
final class IdleConnections {
  /** How long a connection may stay without an open request. */
  static final Duration LIMIT = Duration.ofSeconds(75);

  private static final long BUSY = Long.MIN_VALUE;

  private final Map<HttpConnection, Long> idleSince = new HashMap<>();
  private final LongSupplier nanoTime;

  IdleConnections(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void accepted(HttpConnection connection) {
    idleSince.put(connection, nanoTime.getAsLong());
    connection.closeHandler(closed -> idleSince.remove(connection));
  }

  void busy(HttpConnection connection) {
    idleSince.replace(connection, BUSY);
  }

  void idle(HttpConnection connection) {
    idleSince.replace(connection, nanoTime.getAsLong());
  }

  /** The connection left HTTP for another protocol. */
  void upgraded(HttpConnection connection) {
    idleSince.remove(connection);
  }

  void sweep() {
    long now = nanoTime.getAsLong();
    for (Map.Entry<HttpConnection, Long> entry : new ArrayList<>(idleSince.entrySet())) {
      long since = entry.getValue();
      if (since != BUSY && now - since > LIMIT.toNanos()) {
        entry.getKey().close();
      }
    }
  }
}
