package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For which of a browser's requests the access cookie counts, as browsers describe them. */
final class CookieTrustTest extends ProxyFixture {
  private static final String OTHER =
      "http://3000-99999999-2222-3333-4444-555555555555.proxy.localhost:4000";
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

  private int statusFor(String method, String... headers) throws IOException {
    return ask(plain(method, 3000, "/", headers)
            .replaceFirst(
                "\r\n",
                "\r\nCookie: daytona-sandbox-auth-"
                    + Sandboxes.ID
                    + "="
                    + Sandboxes.TOKEN
                    + "\r\n"))
        .status();
  }

  @Test
  void itCountsForProgramsWhichSayNothingOfWhereTheyComeFrom() throws Exception {
    assertThat(statusFor("GET")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "none, navigate, document",
    "same-origin, cors, empty",
    "same-origin, no-cors, image"
  })
  void itCountsForWhatStaysInsideThePreview(String site, String mode, String destination)
      throws Exception {
    assertThat(statusFor("GET", fetch(site, mode, destination))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-site", "cross-site"})
  void itCountsForPeopleWhoFollowALinkFromAnywhere(String site) throws Exception {
    assertThat(statusFor("GET", fetch(site, "navigate", "document"), "Referer: " + OTHER + "/"))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "same-site, no-cors, image",
    "same-site, no-cors, script",
    "same-site, no-cors, empty",
    "same-site, navigate, iframe",
    "same-site, websocket, websocket",
    "cross-site, no-cors, image",
    "cross-site, navigate, object",
    "something-new, no-cors, image",
  })
  void itDoesNotCountForWhatAnotherPageLoads(String site, String mode, String destination)
      throws Exception {
    String fetch = fetch(site, mode, destination);
    assertThat(statusFor("GET", fetch)).isEqualTo(401);
    assertThat(statusFor("GET", fetch, "Referer: " + OTHER + "/x?//" + host(3000))).isEqualTo(401);
    assertThat(service.sawNothing()).isTrue();
  }

  @Test
  void itDoesNotCountForAFormThatAnotherPageSends() throws Exception {
    assertThat(statusFor("POST", fetch("same-site", "navigate", "document"))).isEqualTo(401);
  }

  @Test
  void itCountsForWhatAPageOnAnotherPortOfTheSandboxLoads() throws Exception {
    assertThat(
            statusFor(
                "GET",
                fetch("same-site", "no-cors", "image"),
                "Referer: http://" + host(5173) + "/"))
        .isEqualTo(200);
  }

  @Test
  void itCountsForWebSocketsOfThePreviewItself() throws Exception {
    try (RawServer echo =
            RawServer.scripted(wire -> {
              wire.head();
              wire.send(
                  head("HTTP/1.1 101 Switching", "Upgrade: websocket", "Connection: Upgrade"));
            });
        Wire client = Wire.to(proxy.port())) {
      sandboxes.serve(3000, echo.port());
      client.send(
          plain(
              "GET",
              3000,
              "/ws",
              "Upgrade: websocket",
              "Connection: keep-alive, Upgrade",
              "Origin: http://" + host(3000),
              fetch("same-origin", "websocket", "websocket"),
              "Cookie: daytona-sandbox-auth-" + Sandboxes.ID + "=" + Sandboxes.TOKEN));
      assertThat(client.head()).startsWith("HTTP/1.1 101");
    }
  }

  private static String fetch(String site, String mode, String destination) {
    return "Sec-Fetch-Site: "
        + site
        + "\r\nSec-Fetch-Mode: "
        + mode
        + "\r\nSec-Fetch-Dest: "
        + destination;
  }
}
