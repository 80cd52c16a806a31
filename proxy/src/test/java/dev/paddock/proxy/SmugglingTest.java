package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on whose meaning two servers could disagree never reach the sandbox. */
final class SmugglingTest extends ProxyFixture {
  private static final String SMUGGLED = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  private RawServer service;

  @BeforeEach
  void serve() throws IOException {
    service = RawServer.answering(OK);
    sandboxes.serve(3000, service.port());
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Content-Length: 4",
        "Content-Length: 4|Content-Length: 5",
        "Content-Length: 4, 5",
        "Content-Length: -1",
        "Content-Length: +4",
        "Content-Length: 4 4",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: \u000bchunked",
        " Content-Length: 4",
      })
  void anAmbiguousLengthIsRefused(String lines) throws Exception {
    try (Wire client = Wire.to(proxy.port())) {
      client.send(request("POST", 3000, "/", lines.split("\\|", -1)) + SMUGGLED);
      assertThat(client.rest()).startsWith("HTTP/1.1 400").doesNotContain("200 OK");
    }
    assertThat(service.sawNothing()).isTrue();
  }

  @Test
  void chunkedBodiesAreNotForOldClients() throws Exception {
    String request = request("POST", 3000, "/", "Transfer-Encoding: chunked");
    try (Wire client = Wire.to(proxy.port())) {
      client.send(request.replace("HTTP/1.1", "HTTP/1.0") + SMUGGLED);
      assertThat(client.rest()).contains(" 400 ").doesNotContain(" 200 ");
    }
    assertThat(service.sawNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\nhello\r\n0\r\n\r\n", "-1\r\nx\r\n", "100000000000000000\r\nx"})
  void aMalformedChunkEndsTheRequest(String body) throws Exception {
    try (Wire client = Wire.to(proxy.port())) {
      client.send(request("POST", 3000, "/", "Transfer-Encoding: chunked") + body);
      assertThat(client.rest()).doesNotContain("200 OK");
    }
  }

  @Test
  void twoHostsAreRefused() throws Exception {
    assertThat(ask(get(3000, "/", "Host: other.example")).status()).isEqualTo(400);
    assertThat(service.sawNothing()).isTrue();
  }

  @Test
  void noHostIsRefused() throws Exception {
    assertThat(ask("GET / HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
  }

  @Test
  void anAbsoluteTargetOutranksTheHostHeader() throws Exception {
    String request =
        get(3000, "http://" + host(3000) + "/x?y=1")
            .replaceFirst("Host: .*\r\n", "Host: other\r\n");
    assertThat(ask(request).status()).isEqualTo(200);
    assertThat(service.nextHead())
        .startsWith("GET /x?y=1 HTTP/1.1")
        .containsIgnoringCase("\r\nhost: " + host(3000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT x:1", "OPTIONS *", "GET foo"})
  void targetsThatNameNothingAreRefused(String methodAndTarget) throws Exception {
    assertThat(ask(methodAndTarget + " HTTP/1.1\r\nHost: " + host(3000) + "\r\n\r\n").status())
        .isEqualTo(400);
  }

  @Test
  void aHeadOfMoreThan32KilobytesIsRefused() throws Exception {
    assertThat(ask(get(3000, "/", "X-Long: " + "x".repeat(40_000))).status()).isEqualTo(431);
    assertThat(service.sawNothing()).isTrue();
  }

  @Test
  void aTargetOfMoreThan16KilobytesIsRefused() throws Exception {
    assertThat(ask(get(3000, "/" + "x".repeat(20_000))).status()).isEqualTo(414);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (Wire client = Wire.to(proxy.port())) {
      client.send(get(3000, "/1") + get(3000, "/2") + get(3000, "/3"));
      for (int i = 1; i <= 3; i++) {
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(service.nextHead()).startsWith("GET /" + i + " ");
      }
    }
  }
}
