package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ConnectionTest {
  private static final CompletableFuture<Throwable> CUT_OFF = new CompletableFuture<>();
  private static WebServer server;

  @BeforeAll
  static void start() {
    server = SampleServer.start(Route.post("/cut", SampleServer.ANY, ConnectionTest::observe));
  }

  private static Answer observe(Exchange exchange) throws Exception {
    try {
      exchange.body().readAllBytes();
    } catch (ClientGoneException e) {
      CUT_OFF.complete(e);
      throw e;
    }
    return Answer.empty(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aConnectionIsReusedAfterAnErrorWithAnUnreadBody() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("POST /api/none HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(connection.readResponse()).startsWith("HTTP/1.1 404");
      connection.send("GET /api/items/2 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.readResponse()).endsWith("{\"value\":\"2\"}");
    }
  }

  @Test
  void aLongUnreadBodyGetsItsAnswerAndThenTheConnectionCloses() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("POST /api/none HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
      connection.send(new byte[1_000_000]);
      assertThat(connection.readResponse())
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase("connection: close");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  private static String expecting(String path) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n";
    return head + "Expect: 100-continue\r\n\r\n";
  }

  @Test
  void aClientThatAsksMayGoOnWithTheBody() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send(expecting("/api/length"));
      assertThat(connection.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      connection.send("hello");
      assertThat(connection.readResponse()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n5");
    }
  }

  @Test
  void aClientThatAsksIsRefusedBeforeItSendsTheBody() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send(expecting("/api/none"));
      assertThat(connection.readResponse()).startsWith("HTTP/1.1 404");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aChunkedBodyIsRead() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("POST /api/length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      connection.send("5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n");
      assertThat(connection.readResponse()).endsWith("\r\n\r\n8");
    }
  }

  @Test
  void anUploadThatIsCutOffEndsTheHandlersRead() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("POST /cut HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
    }
    assertThat(CUT_OFF.get(10, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
  }

  @Test
  void aRequestThatIsNotHttpIs400WithTheErrorBody() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /api/items/\u0001 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.readResponse())
          .startsWith("HTTP/1.1 400")
          .contains("\"message\":\"The request is not valid HTTP\"");
    }
  }

  @Test
  void anEndlessRequestLineIs414() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.readResponse()).startsWith("HTTP/1.1 414");
    }
  }

  @Test
  void tooManyHeadersAreRefused() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /api/items/1 HTTP/1.1\r\nHost: x\r\n");
      connection.send("X-Long: " + "a".repeat(9000) + "\r\n\r\n");
      assertThat(connection.readResponse()).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void aClientThatAsksForTheEndGetsIt() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /api/items/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(connection.readResponse()).endsWith("{\"value\":\"2\"}");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyShorterThanAnnouncedCutsTheConnection() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /api/short HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.readHead()).contains("Content-Length: 10");
      assertThat(connection.read(3)).asString().isEqualTo("abc");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }
}
