package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which headers pass, in either direction. */
final class HeaderTest extends ProxyFixture {
  private String seenFor(String... headers) throws Exception {
    try (RawServer service = RawServer.answering(OK)) {
      sandboxes.serve(3000, service.port());
      assertThat(ask(get(3000, "/", headers)).status()).isEqualTo(200);
      return service.nextHead().toLowerCase(Locale.ROOT);
    }
  }

  private Wire.Response answerOf(String response) throws IOException {
    try (RawServer service = RawServer.answering(response)) {
      sandboxes.serve(3000, service.port());
      return ask(get(3000, "/"));
    }
  }

  @Test
  void hopByHopHeadersOfARequestStay() throws Exception {
    assertThat(
            seenFor(
                "Connection: keep-alive",
                "Keep-Alive: timeout=9",
                "Proxy-Authorization: Basic eA==",
                "Proxy-Connection: keep-alive",
                "TE: gzip",
                "HTTP2-Settings: x"))
        .doesNotContain("\r\nconnection:", "keep-alive", "proxy-", "\r\nte:", "http2-settings");
  }

  @Test
  void headersThatTheConnectionHeaderNominatesStay() throws Exception {
    assertThat(seenFor("Connection: close, X-Secret-Hop", "X-Secret-Hop: 1", "X-Kept: 2"))
        .doesNotContain("x-secret-hop")
        .contains("x-kept: 2");
  }

  @Test
  void aNominationCannotRemoveTheTrueOrigin() throws Exception {
    assertThat(seenFor("Connection: Host, X-Forwarded-For"))
        .contains("\r\nhost: " + host(3000))
        .contains("\r\nx-forwarded-for: 127.0.0.1\r\n");
  }

  @Test
  void claimsAboutTheOriginAreReplacedByTheTruth() throws Exception {
    assertThat(
            seenFor(
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: bank.example",
                "X-Forwarded-Port: 1",
                "X-Real-IP: 6.6.6.6",
                "Forwarded: for=6.6.6.6",
                "Via: 1.0 evil"))
        .doesNotContain("6.6.6.6", "bank.example", "evil", "x-forwarded-port", "\r\nforwarded:")
        .contains("\r\nx-forwarded-for: 127.0.0.1\r\n")
        .contains("\r\nx-forwarded-proto: http\r\n")
        .contains("\r\nx-forwarded-host: " + host(3000) + "\r\n")
        .contains("\r\nvia: 1.1 paddock\r\n");
  }

  @Test
  void theServiceSeesThePublicHost() throws Exception {
    assertThat(seenFor()).contains("\r\nhost: " + host(3000) + "\r\n");
  }

  @Test
  void ordersToTheProxyStay() throws Exception {
    assertThat(
            seenFor(
                "X-Daytona-Skip-Preview-Warning: true",
                "X-Daytona-Skip-Last-Activity-Update: true",
                "X-Daytona-Disable-CORS: true",
                "X-Paddock-Preview-Access: forged"))
        .doesNotContain("x-daytona", "x-paddock");
  }

  @Test
  void repeatedHeadersKeepTheirOrder() throws Exception {
    assertThat(seenFor("X-Many: 1", "X-Many: 2")).contains("x-many: 1\r\nx-many: 2\r\n");
  }

  @Test
  void hopByHopHeadersOfAResponseStay() throws Exception {
    assertThat(
            answerOf(
                    head(
                            "HTTP/1.1 200 OK",
                            "Content-Length: 2",
                            "Connection: keep-alive, X-Hop",
                            "Keep-Alive: timeout=5",
                            "Proxy-Authenticate: Basic",
                            "X-Hop: 1",
                            "Alt-Svc: h3",
                            "X-Kept: 2")
                        + "ok")
                .head())
        .doesNotContainIgnoringCase("keep-alive")
        .doesNotContainIgnoringCase("proxy-authenticate")
        .doesNotContainIgnoringCase("x-hop")
        .doesNotContainIgnoringCase("alt-svc")
        .contains("X-Kept: 2\r\n");
  }

  @Test
  void theSandboxCannotSetAnAccessCookie() throws Exception {
    assertThat(
            answerOf(
                    head(
                            "HTTP/1.1 200 OK",
                            "Content-Length: 2",
                            "Set-Cookie: mine=1",
                            "Set-Cookie: daytona-sandbox-auth-x=1")
                        + "ok")
                .head())
        .contains("mine=1")
        .doesNotContain("daytona-sandbox-auth");
  }

  @Test
  void statusAndReasonPass() throws Exception {
    assertThat(answerOf("HTTP/1.1 418 Short And Stout\r\nContent-Length: 0\r\n\r\n").head())
        .startsWith("HTTP/1.1 418 Short And Stout\r\n");
  }

  @Test
  void bytesOutsideAsciiInAPathAreEscaped() throws Exception {
    try (RawServer service = RawServer.answering(OK)) {
      sandboxes.serve(3000, service.port());
      ask(get(3000, "/caf\u00c3\u00a9?x=%20"));
      assertThat(service.nextHead()).startsWith("GET /caf%C3%A9?x=%20 HTTP/1.1\r\n");
    }
  }
}
