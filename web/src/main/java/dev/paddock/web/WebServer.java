package dev.paddock.web;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;

/** An HTTP/1.1 server with WebSockets. Each request runs on a virtual thread and may block. */
public final class WebServer implements AutoCloseable {
  // Silence in the middle of long work is no reason to close; silence of the socket is, and the
  // read time-out notices that.
  private static final Duration NEVER = Duration.ofDays(10_000);

  // The library's own default of 4 KiB lets an upload advance by one page per system call.
  private static final int RECEIVE_BUFFER_BYTES = 256 << 10;

  private final io.helidon.webserver.WebServer server;
  private final WebSocketPings pings;

  private WebServer(io.helidon.webserver.WebServer server, WebSocketPings pings) {
    this.server = server;
    this.pings = pings;
  }

  /**
   * Starts to listen; returns when connections are accepted.
   *
   * @param host address or name to bind
   * @param port port to bind; 0 takes a free one
   * @throws dev.paddock.model.failure.UnavailableException if the port cannot be bound
   */
  public static WebServer start(String host, int port, WebLimits limits, List<RouteGroup> groups) {
    Routes routes = new Routes(groups);
    Dispatcher dispatcher = new Dispatcher(routes, limits);
    WebSocketPings pings = new WebSocketPings(limits.idle().dividedBy(3));
    io.helidon.webserver.WebServer server =
        io.helidon.webserver.WebServer.builder()
            .host(host)
            .port(port)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(selector(routes, limits, pings))
            .connectionOptions(options(limits))
            .putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .idleConnectionTimeout(NEVER)
            .shutdownGracePeriod(limits.stopGrace())
            .shutdownHook(false)
            .directHandlers(errors(routes))
            .addRouting(HttpRouting.builder().any(dispatcher::handle))
            .build();
    try {
      return new WebServer(server.start(), pings);
    } catch (RuntimeException e) {
      pings.close();
      throw BindFailure.explain(host, port, e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops accepting, gives running requests their grace, then cuts them off. */
  @Override
  public void close() {
    pings.close();
    server.stop();
  }

  private static ServerConnectionSelector selector(
      Routes routes, WebLimits limits, WebSocketPings pings) {
    var builder = Http1ConnectionSelector.builder().config(protocol(limits));
    // The name is compared exactly below, though its case means nothing.
    for (String name : List.of("websocket", "WebSocket", "Websocket", "WEBSOCKET")) {
      builder.addUpgrader(new WebSocketUpgrade(name, routes, limits, pings));
    }
    return new LookAheadSelector(builder.build());
  }

  private static Http1Config protocol(WebLimits limits) {
    return Http1Config.builder()
        .maxPrologueLength(limits.maxTargetBytes())
        .maxHeadersSize(limits.maxHeaderBytes())
        .sendLog(false)
        .receiveLog(false)
        .build();
  }

  private static SocketOptions options(WebLimits limits) {
    return SocketOptions.builder().readTimeout(limits.idle()).tcpNoDelay(true).build();
  }

  private static DirectHandlers errors(Routes routes) {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      builder.addHandler(type, new ProtocolErrors(routes));
    }
    return builder.build();
  }
}
