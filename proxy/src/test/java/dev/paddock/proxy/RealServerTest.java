package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A complete server behind the proxy and a complete client before it. */
final class RealServerTest extends ProxyFixture {
  private final Vertx vertx = Vertx.vertx();
  // Vert.x closes clients that nobody refers to.
  private final HttpClient client = vertx.createHttpClient();
  private final WebSocketClient sockets =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setTryUsePerMessageCompression(true));

  @BeforeEach
  void serve() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setPerMessageWebSocketCompressionSupported(true))
            .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
            .requestHandler(
                request -> request.body().onSuccess(body -> request.response().end(body)));
    sandboxes.serve(3000, await(server.listen(0, "127.0.0.1")).actualPort());
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private SocketAddress proxyAddress() {
    return SocketAddress.inetSocketAddress(proxy.port(), "127.0.0.1");
  }

  @Test
  void compressedWebSocketMessagesComeBack() throws Exception {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("3000-" + Sandboxes.ID + ".proxy.localhost")
            .setPort(proxy.port())
            .setURI("/ws?DAYTONA_SANDBOX_AUTH_KEY=" + Sandboxes.TOKEN);
    String message = "long ".repeat(10_000);
    Future<String> echoed =
        sockets
            .connect(options)
            .compose(socket -> {
              Promise<String> reply = Promise.promise();
              socket.textMessageHandler(reply::tryComplete);
              socket.writeTextMessage(message);
              return reply.future();
            });
    assertThat(await(echoed)).isEqualTo(message);
  }

  @Test
  void manyRequestsAtOnceEachGetTheirOwnAnswer() throws Exception {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String body = "body " + i;
      RequestOptions options =
          new RequestOptions()
              .setServer(proxyAddress())
              .setHost("3000-" + Sandboxes.ID + ".proxy.localhost")
              .setPort(4000)
              .setMethod(HttpMethod.POST)
              .setURI("/")
              .putHeader("X-Daytona-Preview-Token", Sandboxes.TOKEN);
      answers.add(
          client
              .request(options)
              .compose(request -> request.send(body))
              .compose(HttpClientResponse::body)
              .map(Buffer::toString));
    }
    await(Future.join(answers));
    for (int i = 0; i < 500; i++) {
      assertThat(answers.get(i).result()).isEqualTo("body " + i);
    }
  }
}
