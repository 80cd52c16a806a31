package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The domain itself, and the toolbox by path and by port 2280. */
final class BaseHostTest extends ProxyFixture {
  private static final String IDENTITY =
      "\r\nx-paddock-preview-access: " + Sandboxes.ID + ":" + Sandboxes.TOKEN + "\r\n";
  private RawServer toolbox;

  @BeforeEach
  void serve() throws IOException {
    toolbox = RawServer.answering(OK);
    proxy.close();
    proxy = startProxy("http", toolbox.port());
  }

  @AfterEach
  void stop() throws IOException {
    toolbox.close();
  }

  private static String base(String path, String... headers) {
    return plain("GET", 1, path, headers).replace(host(1), DOMAIN);
  }

  @Test
  void healthTellsTheVersion() throws Exception {
    assertThat(ask(base("/health")).body()).isEqualTo("{\"status\":\"ok\",\"version\":\"1.2.3\"}");
  }

  @Test
  void anythingElseIsNotFound() throws Exception {
    assertThat(ask(base("/")).status()).isEqualTo(404);
  }

  @Test
  void theToolboxJudgesBearersItself() throws Exception {
    String path = "/toolbox/" + Sandboxes.ID + "/files?path=x";
    assertThat(ask(base(path, "Authorization: Bearer any", "X-Paddock-Preview-Access: x")).status())
        .isEqualTo(200);
    assertThat(toolbox.nextHead())
        .startsWith("GET " + path + " ")
        .contains("Authorization: Bearer any\r\n")
        .doesNotContainIgnoringCase("x-paddock");
  }

  @Test
  void aPreviewTokenBecomesAnIdentityForTheToolbox() throws Exception {
    ask(
        base(
            "/toolbox/" + Sandboxes.ID + "/ws?DAYTONA_SANDBOX_AUTH_KEY=" + Sandboxes.TOKEN,
            "Authorization: Bearer stale"));
    assertThat(toolbox.nextHead())
        .startsWith("GET /toolbox/" + Sandboxes.ID + "/ws HTTP")
        .containsIgnoringCase(IDENTITY)
        .doesNotContain("stale");
  }

  @Test
  void aWrongPreviewTokenGivesNoIdentity() throws Exception {
    ask(base("/toolbox/" + Sandboxes.ID + "/x", "X-Daytona-Preview-Token: wrong"));
    assertThat(toolbox.nextHead()).doesNotContainIgnoringCase("x-paddock", "wrong");
  }

  @Test
  void port2280IsTheToolbox() throws Exception {
    assertThat(ask(get(2280, "/process/execute?a=1")).status()).isEqualTo(200);
    assertThat(toolbox.nextHead())
        .startsWith("GET /toolbox/" + Sandboxes.ID + "/process/execute?a=1 ")
        .containsIgnoringCase(IDENTITY);
  }

  @Test
  void port2280KeepsAnAcceptedBearerForTheToolbox() throws Exception {
    ask(plain("GET", 2280, "/x", "Authorization: Bearer " + Sandboxes.API_KEY));
    assertThat(toolbox.nextHead())
        .contains("Authorization: Bearer " + Sandboxes.API_KEY)
        .doesNotContainIgnoringCase("x-paddock");
  }

  @Test
  void theToolboxIsReachedByWebSocketToo() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(head("HTTP/1.1 101 Switching", "Upgrade: websocket", "Connection: Upgrade"));
          wire.in().transferTo(wire.out());
        })) {
      proxy.close();
      proxy = startProxy("http", service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(2280, "/ws", "Upgrade: websocket", "Connection: Upgrade"));
        assertThat(client.head()).startsWith("HTTP/1.1 101");
        assertThat(client.send("echo").text(4)).isEqualTo("echo");
      }
    }
  }

  @Test
  void aToolboxThatIsDownIsUnavailable() throws Exception {
    toolbox.close();
    assertThat(ask(base("/toolbox/x/y")).status()).isEqualTo(503);
  }
}
