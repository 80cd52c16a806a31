package dev.paddock.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.util.Optional;

/**
 * Connects to sandboxes' services and to the toolbox. A service is looked for at the sandbox's own
 * address first; when that refuses, it may still listen on the sandbox's loopback address, which a
 * relay inside the sandbox reaches. Which of the two answered is remembered.
 */
final class Upstreams {
  private final HttpClient client;
  private final CachedDirectory directory;
  private final URI toolbox;

  Upstreams(HttpClient client, CachedDirectory directory, URI toolbox) {
    this.client = client;
    this.directory = directory;
    this.toolbox = toolbox;
  }

  /** A request to a service of a sandbox; fails with a refusal when nothing accepts it. */
  Future<HttpClientRequest> toSandbox(
      CachedDirectory.Port port, HttpMethod method, String resource) {
    return directory
        .connectAddress(port)
        .compose(direct -> {
          CachedDirectory.Relay relay = new CachedDirectory.Relay(port, direct);
          Optional<InetSocketAddress> known = directory.knownRelay(relay);
          return known.isEmpty()
              ? direct(relay, method, resource)
              : request(known.get(), method, resource)
                  .recover(failure -> {
                    directory.forget(relay);
                    return direct(relay, method, resource);
                  });
        });
  }

  /** A request to the server that answers for the toolbox. */
  Future<HttpClientRequest> toToolbox(HttpMethod method, String resource) {
    boolean tls = "https".equals(toolbox.getScheme());
    int port = toolbox.getPort() > 0 ? toolbox.getPort() : tls ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setHost(toolbox.getHost())
            .setPort(port)
            .setSsl(tls)
            .setMethod(method)
            .setURI(resource);
    return client
        .request(options)
        .recover(failure ->
            refused(Refusal.unavailable("The toolbox cannot be reached; try again shortly.")));
  }

  private Future<HttpClientRequest> direct(
      CachedDirectory.Relay relay, HttpMethod method, String resource) {
    return request(relay.direct(), method, resource)
        .recover(failure ->
            isUnreachable(failure)
                ? relayed(relay, method, resource)
                : refused(Refusal.unavailable("The sandbox has too many open requests.")));
  }

  private Future<HttpClientRequest> relayed(
      CachedDirectory.Relay relay, HttpMethod method, String resource) {
    int port = relay.port().number();
    return directory
        .forwardAddress(relay)
        .recover(failure -> Future.failedFuture(nothingListens(failure, port)))
        .compose(address ->
            request(address, method, resource)
                .recover(failure -> {
                  directory.forget(relay);
                  return refused(Refusal.nothingListens(port));
                }));
  }

  private Future<HttpClientRequest> request(
      InetSocketAddress address, HttpMethod method, String resource) {
    return client.request(
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(address))
            .setMethod(method)
            .setURI(resource));
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof ConnectTimeoutException
        || failure instanceof NoRouteToHostException;
  }

  private static Throwable nothingListens(Throwable failure, int port) {
    return failure instanceof RefusedException refused && refused.refusal().status() == 404
        ? new RefusedException(Refusal.nothingListens(port))
        : failure;
  }

  private static Future<HttpClientRequest> refused(Refusal refusal) {
    return Future.failedFuture(new RefusedException(refusal));
  }
}
