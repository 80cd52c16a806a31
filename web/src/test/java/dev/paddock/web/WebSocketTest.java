package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnauthorizedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketTest {
  private static final CompletableFuture<Boolean> ENDED = new CompletableFuture<>();
  private static WebServer server;

  @BeforeAll
  static void start() {
    WebLimits limits =
        new WebLimits(1 << 16, 4096, 8192, 1 << 17, Duration.ofSeconds(3), Duration.ofSeconds(1));
    RouteGroup group =
        RouteGroup.secured("/ws", ErrorStyle.API, WebSocketTest::who)
            .sockets(
                List.of(
                    new WebSocketRoute("/echo/{name}", WebSocketTest::echo),
                    new WebSocketRoute("/close", c -> c.close(4001, "reason ä".repeat(40))),
                    new WebSocketRoute("/fail", WebSocketTest::fail),
                    new WebSocketRoute("/wait", WebSocketTest::untilTheEnd),
                    new WebSocketRoute("/missing", WebSocketTest::missing, c -> {})));
    server = WebServer.start("127.0.0.1", 0, limits, List.of(group));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Principal who(Exchange exchange) {
    return exchange
        .query("key")
        .map(any -> new Principal("ann", "acme", Set.of()))
        .orElseThrow(() -> new UnauthorizedException("Invalid credentials"));
  }

  private static void echo(WebSocketConnection connection) throws Exception {
    Exchange handshake = connection.handshake();
    connection.sendText(
        handshake.pathParam("name") + handshake.client().map(v -> " " + v.minor()).orElse(""));
    for (var m = connection.receive(); m.isPresent(); m = connection.receive()) {
      switch (m.get()) {
        case Message.Text text -> connection.sendText(text.text());
        case Message.Binary binary -> connection.sendBinary(binary.data());
      }
    }
  }

  private static void fail(WebSocketConnection connection) {
    throw new IllegalStateException("secret detail");
  }

  private static void untilTheEnd(WebSocketConnection connection) throws Exception {
    connection.onEnd(() -> ENDED.complete(true));
    ENDED.get(30, TimeUnit.SECONDS);
  }

  private static void missing(Exchange exchange) {
    throw new NotFoundException("No such session");
  }

  private static RawWebSocket open(String target, String... headers) throws Exception {
    return new RawWebSocket(new RawConnection(server), target, headers);
  }

  @Test
  void textAndBinaryMessagesComeBack() throws Exception {
    try (RawWebSocket socket = open("/ws/echo/a%2Fb?key=1")) {
      assertThat(socket.next()).isEqualTo("1 a/b");
      assertThat(socket.send(1, "hällo").next()).isEqualTo("1 hällo");
      assertThat(socket.send(2, "x".repeat(70_000)).next()).isEqualTo("2 " + "x".repeat(70_000));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"first, second", "first,second", "first ,second", "second"})
  void aClientThatOffersOtherSubProtocolsGetsTheLast(String offer) throws Exception {
    try (RawWebSocket socket = open("/ws/echo/a?key=1", "Sec-WebSocket-Protocol: " + offer)) {
      assertThat(socket.head()).contains("Sec-WebSocket-Protocol: second\r\n");
    }
  }

  @Test
  void theVersionSubProtocolIsReadAndEchoed() throws Exception {
    try (RawWebSocket socket =
        open("/ws/echo/a?key=1", "Sec-WebSocket-Protocol: other, X-Daytona-SDK-Version~0.190.1")) {
      assertThat(socket.head())
          .startsWith("HTTP/1.1 101")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("Sec-WebSocket-Protocol: X-Daytona-SDK-Version~0.190.1\r\n");
      assertThat(socket.next()).isEqualTo("1 a 190");
    }
  }

  @Test
  void aCharacterMayBeSplitOverFrames() throws Exception {
    byte[] text = "ä".getBytes(StandardCharsets.UTF_8);
    try (RawWebSocket socket = open("/ws/echo/a?key=1")) {
      socket.next();
      socket.frame(false, 1, new byte[] {text[0]});
      socket.frame(true, 9, new byte[] {7});
      socket.frame(true, 0, new byte[] {text[1]});
      assertThat(socket.next()).isEqualTo("10 \u0007");
      assertThat(socket.next()).isEqualTo("1 ä");
    }
  }

  @Test
  void theClientsCloseCodeIsEchoed() throws Exception {
    try (RawWebSocket socket = open("/ws/echo/a?key=1")) {
      socket.next();
      socket.frame(true, 8, new byte[] {0x0f, (byte) 0xa1});
      assertThat(socket.nextClose()).isEqualTo("4001 ");
      assertThat(socket.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aLongReasonIsCutBetweenCharacters() throws Exception {
    try (RawWebSocket socket = open("/ws/close?key=1")) {
      assertThat(socket.nextClose()).startsWith("4001 reason äreason").doesNotContain("\ufffd");
    }
  }

  @Test
  void aHandlerThatFailsClosesWith1011AndTellsNothing() throws Exception {
    try (RawWebSocket socket = open("/ws/fail?key=1")) {
      assertThat(socket.nextClose()).isEqualTo("1011 An unexpected error occurred.");
    }
  }

  @Test
  void brokenUtf8ClosesWith1007AndATooLongMessageWith1009() throws Exception {
    try (RawWebSocket socket = open("/ws/echo/a?key=1")) {
      socket.next();
      socket.frame(true, 1, new byte[] {(byte) 0xc3});
      assertThat(socket.nextClose()).startsWith("1007");
    }
    try (RawWebSocket socket = open("/ws/echo/a?key=1")) {
      socket.next();
      socket.frame(false, 2, new byte[100_000]);
      socket.frame(true, 0, new byte[100_000]);
      assertThat(socket.nextClose()).startsWith("1009");
    }
  }

  @Test
  void anIdleClientIsPingedAndStaysWhileItAnswers() throws Exception {
    try (RawWebSocket socket = open("/ws/echo/a?key=1")) {
      socket.next();
      for (int i = 0; i < 4; i++) {
        assertThat(socket.next()).isEqualTo("9 ");
        socket.frame(true, 10, new byte[0]);
      }
      assertThat(socket.send(1, "still here").next()).isEqualTo("1 still here");
    }
  }

  @Test
  void aClientThatLeavesIsNoticedWhileTheHandlerWaitsForSomethingElse() throws Exception {
    open("/ws/wait?key=1").close();
    assertThat(ENDED.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aRefusedHandshakeIsAnOrdinaryAnswer() throws Exception {
    assertThat(refused("/ws/echo/a")).startsWith("HTTP/1.1 401").contains("Invalid credentials");
    assertThat(refused("/ws/missing?key=1")).startsWith("HTTP/1.1 404").contains("No such session");
    assertThat(refused("/ws/other?key=1")).startsWith("HTTP/1.1 404");
  }

  private static String refused(String target) throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      return connection.send(RawWebSocket.handshake(target, List.of())).readResponse();
    }
  }

  @Test
  void aPlainGetIsToldThatItNeedsAWebSocket() throws Exception {
    var response = new Client(server).get("/ws/echo/a?key=1");
    assertThat(response.statusCode()).isEqualTo(426);
  }
}
