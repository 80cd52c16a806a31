package dev.paddock.proxy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The proxy on one event loop, with connections of its own to sandboxes. */
final class ProxyLoop extends VerticleBase {
  private static final long SWEEP_MILLIS = 5_000;

  /** All loops that ask for this listen on one port, whichever is free. */
  private static final int ANY_SHARED_PORT = -1;

  private final ProxyConfig config;
  private final CachedDirectory directory;
  private final Activity activity;
  private @Nullable HttpServer server;

  ProxyLoop(ProxyConfig config, CachedDirectory directory, Activity activity) {
    this.config = config;
    this.directory = directory;
    this.activity = activity;
  }

  @Override
  public Future<?> start() {
    IdleConnections clients = new IdleConnections(System::nanoTime);
    Forwarder forwarder = new Forwarder(clients);
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(Transport.client())
            .with(Transport.pool())
            .withConnectHandler(forwarder::connected)
            .build();
    Upstreams upstreams = new Upstreams(client, directory, config.toolboxOrigin());
    PreviewHandler handler = new PreviewHandler(config, directory, activity, upstreams, forwarder);
    vertx.setPeriodic(SWEEP_MILLIS, tick -> clients.sweep());
    HttpServer listening =
        vertx
            .createHttpServer(Transport.server())
            .connectionHandler(clients::accepted)
            .requestHandler(request -> {
              clients.busy(request.connection());
              request.response().endHandler(end -> clients.idle(request.connection()));
              handler.handle(request);
            });
    server = listening;
    return listening.listen(config.port() == 0 ? ANY_SHARED_PORT : config.port(), config.host());
  }

  int port() {
    return Objects.requireNonNull(server, "started").actualPort();
  }

  /** Stops accepting, lets open requests end for a while, then closes what is left. */
  Future<Void> shutdown(Duration grace) {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.shutdown(grace);
  }
}
