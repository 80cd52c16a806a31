package dev.paddock.web;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.List;

/** An HTTP/1.1 server with WebSockets. Each request runs on a virtual thread and may block. */
public final class WebServer implements AutoCloseable {
  // Silence in the middle of long work is no reason to close; silence of the socket is, and the
  // read time-out notices that.
  private static final Duration NEVER = Duration.ofDays(10_000);

  private final io.helidon.webserver.WebServer server;

  private WebServer(io.helidon.webserver.WebServer server) {
    this.server = server;
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
    io.helidon.webserver.WebServer server =
        io.helidon.webserver.WebServer.builder()
            .host(host)
            .port(port)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                Http1ConnectionSelector.builder().config(protocol(limits)).build())
            .connectionOptions(options(limits))
            .idleConnectionTimeout(NEVER)
            .shutdownGracePeriod(limits.stopGrace())
            .shutdownHook(false)
            .directHandlers(errors(routes))
            .addRouting(HttpRouting.builder().any(dispatcher::handle))
            .build();
    try {
      return new WebServer(server.start());
    } catch (RuntimeException e) {
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
    server.stop();
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
