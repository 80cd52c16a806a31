package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy's own answers. */
final class RefusalTest extends ProxyFixture {
  private static final String BROWSER = "Accept: text/html,application/xhtml+xml";

  @Test
  void programsGetJsonWithTheSixFields() throws Exception {
    Wire.Response response = ask(plain("GET", 3000, "/a/b?DAYTONA_SANDBOX_AUTH_KEY=wrong"));
    assertThat(response.has("Content-Type: application/json")).isTrue();
    assertThat(response.body())
        .matches(
            "\\{\"statusCode\":401,\"message\":\"[^\"]+\",\"code\":\"UNAUTHORIZED\","
                + "\"timestamp\":\"[0-9T:.-]+Z\",\"path\":\"/a/b\",\"method\":\"GET\"}");
  }

  @Test
  void browsersGetAPageThatAsksForTheToken() throws Exception {
    Wire.Response response = ask(plain("GET", 3000, "/", BROWSER));
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.has("Content-Type: text/html")).isTrue();
    assertThat(response.body()).contains("<form method=\"get\">", "DAYTONA_SANDBOX_AUTH_KEY");
  }

  @Test
  void thePageOfAClosedPortReloads() throws Exception {
    Wire.Response response = ask(get(8080, "/", BROWSER));
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.body()).contains("http-equiv=\"refresh\"", "port 8080");
  }

  @Test
  void pagesEscapeWhatTheyShow() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, false, Sandboxes.TOKEN, false, "<script>"));
    assertThat(ask(get(3000, "/", BROWSER)).body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void aStoppedSandboxIsABadRequest() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, false, Sandboxes.TOKEN, false, "stopped"));
    Wire.Response response = ask(get(3000, "/"));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("Is the Sandbox started?");
  }

  @Test
  void aStoppedSandboxIsNobodysBusinessWithoutCredentials() throws Exception {
    sandboxes.add(new PreviewTarget(Sandboxes.ID, false, Sandboxes.TOKEN, false, "stopped"));
    assertThat(ask(plain("GET", 3000, "/")).status()).isEqualTo(401);
  }

  @Test
  void anUnknownSandboxIsNotFound() throws Exception {
    String request = get(3000, "/").replace(Sandboxes.ID, "99999999-2222-3333-4444-555555555555");
    assertThat(ask(request).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "70000", "65536", "99999999999999999999"})
  void aNumberThatIsNoPortIsABadRequest(String port) throws Exception {
    Wire.Response response = ask(get(3000, "/").replace("Host: 3000-", "Host: " + port + "-"));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("1 to 65535");
  }

  @Test
  void anyDomainWillDo() throws Exception {
    String request = get(3000, "/").replace(DOMAIN, "previews.example.org");
    assertThat(ask(request).body()).contains("NOTHING_LISTENS");
  }

  @Test
  void aRefusedUploadLeavesTheConnectionUsable() throws Exception {
    try (Wire client = Wire.to(proxy.port())) {
      client.send(plain("POST", 3000, "/", "Content-Length: 100000"));
      client.send(new byte[100_000]);
      assertThat(client.response().status()).isEqualTo(401);
      assertThat(client.send(plain("GET", 3000, "/")).response().status()).isEqualTo(401);
    }
  }

  @Test
  void aRefusedUploadThatGoesOnIsCutOff() throws Exception {
    try (Wire client = Wire.to(proxy.port())) {
      client.send(plain("POST", 3000, "/", "Content-Length: 100000000"));
      assertThat(client.response().status()).isEqualTo(401);
      byte[] block = new byte[65_536];
      int blocks = 0;
      try {
        for (; blocks < 1_500; blocks++) {
          client.send(block);
        }
      } catch (IOException expected) {
        assertThat(expected).isNotNull();
      }
      assertThat(blocks).isLessThan(1_500);
    }
  }
}
