package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding the service in a sandbox, and surviving what it says. */
final class UpstreamTest extends ProxyFixture {
  @Test
  void aServiceOnLoopbackOnlyIsReachedThroughTheRelay() throws Exception {
    try (RawServer service = RawServer.answering(OK)) {
      sandboxes.serveOnLoopback(3000, service.port());
      assertThat(ask(get(3000, "/")).status()).isEqualTo(200);
      assertThat(ask(get(3000, "/")).status()).isEqualTo(200);
    }
  }

  @Test
  void aRelayThatDiedIsForgotten() throws Exception {
    try (RawServer relay = RawServer.answering(OK)) {
      sandboxes.serveOnLoopback(3000, relay.port());
      assertThat(ask(get(3000, "/", "Connection: close")).status()).isEqualTo(200);
    }
    proxy.close();
    proxy = startProxy("http", 1);
    try (RawServer relay = RawServer.answering(OK)) {
      sandboxes.serveOnLoopback(3000, relay.port());
      assertThat(ask(get(3000, "/")).status()).isEqualTo(200);
    }
  }

  @Test
  void aPortOnWhichNothingListensIsABadGateway() throws Exception {
    Wire.Response response = ask(get(3000, "/x"));
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.body()).contains("\"code\":\"NOTHING_LISTENS\"", "port 3000");
  }

  @Test
  void aServiceThatJustStartedIsFound() throws Exception {
    assertThat(ask(get(3000, "/")).status()).isEqualTo(502);
    try (RawServer service = RawServer.answering(OK)) {
      sandboxes.serve(3000, service.port());
      long end = System.nanoTime() + 5_000_000_000L;
      int status = 502;
      while (status == 502 && System.nanoTime() < end) {
        status = ask(get(3000, "/")).status();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nB\u0001ad: x\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 99999 Far Out\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
      })
  void garbageIsABadGateway(String garbage) throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(garbage);
        })) {
      sandboxes.serve(3000, service.port());
      assertThat(ask(get(3000, "/")).status()).isEqualTo(502);
    }
  }

  @Test
  void anEndlessHeadIsABadGateway() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send("HTTP/1.1 200 OK\r\n");
          for (int i = 0; i < 1_000_000; i++) {
            wire.send("X-" + i + ": " + "y".repeat(1_000) + "\r\n");
          }
        })) {
      sandboxes.serve(3000, service.port());
      assertThat(ask(get(3000, "/")).status()).isEqualTo(502);
    }
  }

  @Test
  void anEndlessSeriesOfHintsIsCutShort() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          for (int i = 0; i < 1_000; i++) {
            wire.send("HTTP/1.1 103 Early Hints\r\nLink: </" + i + ">\r\n\r\n");
          }
          wire.send(OK);
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Connection: close"));
        assertThat(client.rest().split("HTTP/1.1 103", -1)).hasSize(9);
      }
    }
  }

  @Test
  void connectionsToTheSandboxAreKept() throws Exception {
    try (RawServer service = RawServer.answering(OK);
        Wire client = Wire.to(proxy.port())) {
      sandboxes.serve(3000, service.port());
      for (int i = 0; i < 50; i++) {
        assertThat(client.send(get(3000, "/")).response().status()).isEqualTo(200);
      }
      assertThat(service.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatMeetsAKeptConnectionJustClosedIsRepeated() throws Exception {
    try (RawServer service = answeringOnceThenClosing();
        Wire client = Wire.to(proxy.port())) {
      sandboxes.serve(3000, service.port());
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(get(3000, "/")).response().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aPostIsNotRepeated() throws Exception {
    try (RawServer service = answeringOnceThenClosing();
        Wire client = Wire.to(proxy.port())) {
      sandboxes.serve(3000, service.port());
      assertThat(client.send(get(3000, "/")).response().status()).isEqualTo(200);
      assertThat(
              client
                  .send(request("POST", 3000, "/", "Content-Length: 1") + "x")
                  .response()
                  .status())
          .isEqualTo(502);
    }
  }

  /** Waits for a second request on every connection, only to close in place of an answer. */
  private static RawServer answeringOnceThenClosing() throws IOException {
    return RawServer.scripted(wire -> {
      wire.head();
      wire.send(OK);
      wire.head();
    });
  }
}
