package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Browsers may ask from any origin. */
final class CorsTest extends ProxyFixture {
  private static final String ORIGIN = "Origin: https://app.example";
  private static final String[] PREFLIGHT = {
    ORIGIN, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a, x-b"
  };

  @Test
  void aPreflightIsAnsweredByTheProxyWithoutCredentials() throws Exception {
    Wire.Response response = ask(plain("OPTIONS", 3000, "/", PREFLIGHT));
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.has("access-control-allow-origin: https://app.example\r\n")).isTrue();
    assertThat(response.has("access-control-allow-credentials: true\r\n")).isTrue();
    assertThat(response.has("access-control-allow-methods: PUT\r\n")).isTrue();
    assertThat(response.has("access-control-allow-headers: x-a, x-b\r\n")).isTrue();
    assertThat(response.has("vary: Origin")).isTrue();
  }

  @Test
  void everyAnswerPermitsTheOriginEvenARefusal() throws Exception {
    assertThat(
            ask(plain("GET", 3000, "/", ORIGIN))
                .has("access-control-allow-origin: https://app.example\r\n"))
        .isTrue();
  }

  @Test
  void thePermissionReplacesThatOfTheService() throws Exception {
    try (RawServer service =
        RawServer.answering(
            head("HTTP/1.1 204 OK", "Access-Control-Allow-Origin: *", "Vary: Accept"))) {
      sandboxes.serve(3000, service.port());
      assertThat(ask(get(3000, "/", ORIGIN)).head())
          .contains("https://app.example")
          .contains("Vary: Accept")
          .doesNotContain("Allow-Origin: *");
    }
  }

  @Test
  void aServiceMayDoItItself() throws Exception {
    try (RawServer service =
        RawServer.answering(head("HTTP/1.1 204 OK", "Access-Control-Allow-Origin: *"))) {
      sandboxes.serve(3000, service.port());
      String[] lines = {PREFLIGHT[0], PREFLIGHT[1], "X-Daytona-Disable-CORS: true"};
      assertThat(ask(request("OPTIONS", 3000, "/", lines)).head())
          .contains("Access-Control-Allow-Origin: *")
          .doesNotContainIgnoringCase("allow-credentials");
      assertThat(service.nextHead()).startsWith("OPTIONS / ");
    }
  }
}
