package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections on which nothing is open do not stay for ever; others do. */
final class IdleConnectionsTest {
  private static final long LONG = IdleConnections.LIMIT.toNanos() + 1;
  private final AtomicLong now = new AtomicLong();
  private final IdleConnections connections = new IdleConnections(now::get);
  private final Vertx vertx = Vertx.vertx();
  private Context loop;
  private int port;

  @BeforeEach
  void serve() throws Exception {
    loop = vertx.getOrCreateContext();
    HttpServer server =
        vertx
            .createHttpServer()
            .connectionHandler(connections::accepted)
            .requestHandler(request -> {
              connections.busy(request.connection());
              request.response().endHandler(end -> connections.idle(request.connection()));
              if ("/answered".equals(request.path())) {
                request.response().end("ok");
              } else {
                request.response().writeHead();
              }
            });
    port =
        onLoop(() -> server.listen(0, "127.0.0.1"))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(go -> work.get().onComplete(done));
    return done.future();
  }

  private void later() {
    now.addAndGet(LONG);
    loop.runOnContext(go -> connections.sweep());
  }

  @Test
  void aHeadThatTricklesInTooSlowlyIsNotWaitedFor() throws IOException {
    try (Wire client = Wire.to(port)) {
      client.send("GET /answered HTTP/1.1\r\nHost: x\r\n\r\n").response();
      client.send("GET / HTT");
      later();
      assertThat(client.read()).isNegative();
    }
  }

  @Test
  void anAnsweredConnectionIsClosedAfterAWhile() throws IOException {
    try (Wire client = Wire.to(port)) {
      client.send("GET /answered HTTP/1.1\r\nHost: x\r\n\r\n").response();
      later();
      assertThat(client.read()).isNegative();
    }
  }

  @Test
  void anOpenRequestMayBeSilentForAsLongAsItLikes() throws IOException {
    try (Wire client = Wire.to(port)) {
      client.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n").head();
      later();
      client.socket().setSoTimeout(300);
      assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
