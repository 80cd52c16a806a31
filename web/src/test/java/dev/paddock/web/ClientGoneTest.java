package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ClientGoneTest {
  private static final CompletableFuture<Boolean> WORKING = new CompletableFuture<>();
  private static final CompletableFuture<Boolean> GONE = new CompletableFuture<>();
  private static WebServer server;

  @BeforeAll
  static void start() {
    WebLimits limits =
        new WebLimits(1 << 16, 4096, 8192, 1 << 16, Duration.ofMillis(300), Duration.ofSeconds(1));
    RouteGroup group =
        RouteGroup.open("", ErrorStyle.API)
            .routes(
                List.of(
                    Route.post("/work", SampleServer.ANY, ClientGoneTest::work),
                    Route.get("/slow", SampleServer.ANY, ClientGoneTest::slow)));
    server = WebServer.start("127.0.0.1", 0, limits, List.of(group));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer work(Exchange exchange) throws Exception {
    exchange.body().readAllBytes();
    exchange.onClientGone(() -> GONE.complete(true));
    WORKING.complete(true);
    return Answer.ok(GONE.get(10, TimeUnit.SECONDS));
  }

  private static Answer slow(Exchange exchange) throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    exchange.onClientGone(() -> result.complete("gone"));
    return Answer.text(200, result.completeOnTimeout("done", 1, TimeUnit.SECONDS).get());
  }

  @Test
  void aHandlerLearnsThatItsClientHasGone() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("POST /work HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
      WORKING.get(10, TimeUnit.SECONDS);
    }

    assertThat(GONE.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatWaitsLongerThanTheIdleTimeIsNotGoneAndKeepsItsConnection() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      for (int i = 0; i < 3; i++) {
        connection.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(connection.readResponse()).endsWith("done");
      }
    }
  }

  @Test
  void aRequestSentBeforeTheAnswerOfTheLastIsServedToo() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.readResponse()).endsWith("done");
      assertThat(connection.readResponse()).endsWith("done");
    }
  }
}
