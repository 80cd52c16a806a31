package dev.paddock.web;

import io.helidon.websocket.WsOpCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Pings every open WebSocket, so that an idle client shows whether it is still there. */
final class WebSocketPings implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final Set<OpenWebSocket> sockets = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("websocket-pings").daemon().factory());

  WebSocketPings(Duration every) {
    long period = every.toMillis();
    var _ = timer.scheduleAtFixedRate(this::pingAll, period, period, TimeUnit.MILLISECONDS);
  }

  void add(OpenWebSocket socket) {
    sockets.add(socket);
  }

  void remove(OpenWebSocket socket) {
    sockets.remove(socket);
  }

  private void pingAll() {
    for (OpenWebSocket socket : sockets) {
      // A write to a client that does not read blocks.
      Thread.ofVirtual().name("websocket-ping").start(() -> socket.control(WsOpCode.PING, NOTHING));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
