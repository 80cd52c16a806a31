package dev.paddock.toolbox;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void bothAddressesServeTheSame() throws Exception {
    assertThat(raw(TestToolbox.prefix() + "/version").body()).isEqualTo("{\"version\":\"1.2.3\"}");
    assertThat(raw(TestToolbox.legacyPrefix() + "/version").body())
        .isEqualTo("{\"version\":\"1.2.3\"}");
  }

  @Test
  void withoutAKeyItIs401() throws Exception {
    HttpResponse<String> answer = raw(TestToolbox.prefix() + "/version", "Authorization", "none");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(read(answer).path("code").asString()).isEqualTo("UNAUTHORIZED");
  }

  @Test
  void anUnknownOrForeignSandboxIs404() throws Exception {
    HttpResponse<String> answer = raw("/toolbox/33333333-3333-4333-8333-333333333333/version");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(read(answer).path("message").asString())
        .isEqualTo("not found: Sandbox 33333333-3333-4333-8333-333333333333 not found");
  }

  @Test
  void aStoppedSandboxIs400() throws Exception {
    HttpResponse<String> answer = raw(TestToolbox.stoppedPrefix() + "/work-dir");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("message").asString())
        .isEqualTo("bad request: Sandbox is not running");
  }

  @Test
  void anUnknownPathIs404() throws Exception {
    assertThat(TOOLBOX.get("/no/such/thing").statusCode()).isEqualTo(404);
  }

  @Test
  void aWebSocketToAMissingSessionIs404BeforeTheUpgrade() {
    assertThatThrownBy(() ->
            TOOLBOX.webSocket("/process/session/none/command/none/logs?follow=true", new Frames()))
        .hasCauseInstanceOf(WebSocketHandshakeException.class)
        .cause()
        .satisfies(failure ->
            assertThat(((WebSocketHandshakeException) failure).getResponse().statusCode())
                .isEqualTo(404));
  }

  @Test
  void useIsNotedUnlessTheClientAsksForNone() throws Exception {
    int before = TOOLBOX.touches();
    TOOLBOX.get("/version", "X-Daytona-Skip-Last-Activity-Update", "true");
    assertThat(TOOLBOX.touches()).isEqualTo(before);

    TOOLBOX.get("/version");

    assertThat(TOOLBOX.touches()).isEqualTo(before + 1);
  }

  private static HttpResponse<String> raw(String path, String... headers) throws Exception {
    return TOOLBOX
        .http()
        .send(
            TOOLBOX.request("GET", path, BodyPublishers.noBody(), headers),
            BodyHandlers.ofString());
  }
}
