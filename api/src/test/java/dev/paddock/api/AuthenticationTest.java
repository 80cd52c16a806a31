package dev.paddock.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AuthenticationTest {
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = new TestApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void withoutAKeyTheAnswerIs401() {
    TestApi.Reply reply = api.call("GET", "/sandbox", "", new String[0]);
    assertThat(reply.body())
        .matches(
            "\\{\"path\":\"/api/sandbox\",\"timestamp\":\"[0-9-]+T[0-9:.]+Z\",\"statusCode\":401,"
                + "\"error\":\"UNAUTHORIZED\",\"message\":\"Invalid credentials\"}");
  }

  @Test
  void aWrongKeyAndAnotherSchemeAre401() {
    String unknown = "Bearer dtn_" + "0".repeat(64);
    assertThat(api.call("GET", "/sandbox", "", "Authorization", unknown).error())
        .isEqualTo("401 Invalid credentials");
    assertThat(api.call("GET", "/sandbox", "", "Authorization", "Basic eA==").error())
        .isEqualTo("401 Invalid credentials");
    assertThat(api.call("GET", "/sandbox", "", "Authorization", "Bearer ").error())
        .isEqualTo("401 Invalid credentials");
  }

  @Test
  void theSchemesCaseDoesNotMatter() {
    String header = "bearer " + api.control().key();
    assertThat(api.call("GET", "/sandbox", "", "Authorization", header).status()).isEqualTo(200);
  }

  @Test
  void aKeyMakesAnotherThatAllowsLess() {
    TestApi.Reply created =
        api.post("/api-keys", "{\"name\":\"reader\",\"permissions\":[],\"expiresAt\":null}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.object().keySet())
        .containsExactly("name", "value", "createdAt", "permissions", "expiresAt");
    String key = "Bearer " + created.object().get("value");
    assertThat(api.call("GET", "/sandbox", "", "Authorization", key).status()).isEqualTo(200);
    assertThat(api.call("POST", "/sandbox", "{}", "Authorization", key).error())
        .isEqualTo("403 Access denied: this API key lacks the permission write:sandboxes");
    TestApi.Reply current = api.call("GET", "/api-keys/current", "", "Authorization", key);
    assertThat(current.object())
        .containsEntry("name", "reader")
        .containsKeys("lastUsedAt", "expiresAt", "userId");
    assertThat((String) current.object().get("value")).startsWith("dtn_").contains("*****");
    assertThat(api.post("/api-keys", "{\"name\":\"reader\",\"permissions\":[]}").status())
        .isEqualTo(409);
    assertThat(api.call("DELETE", "/api-keys/reader", "").status()).isEqualTo(204);
    assertThat(api.call("GET", "/sandbox", "", "Authorization", key).status()).isEqualTo(401);
    assertThat(api.get("/api-keys/reader").error()).isEqualTo("404 API key reader not found");
  }

  @Test
  void aKeyIsForbiddenToDeleteOneThatAllowsMore() {
    TestApi.Reply created = api.post("/api-keys", "{\"name\":\"weak\",\"permissions\":[]}");
    String weak = "Bearer " + created.object().get("value");

    assertThat(api.call("DELETE", "/api-keys/bootstrap", "", "Authorization", weak).error())
        .startsWith("403 Access denied: API key bootstrap allows more");
    assertThat(api.call("DELETE", "/api-keys/weak", "", "Authorization", weak).status())
        .isEqualTo(204);
  }

  @Test
  void aWrongKeyRequestNamesTheField() {
    assertThat(api.post("/api-keys", "{\"permissions\":[]}").error())
        .isEqualTo("400 name is required");
    assertThat(api.post("/api-keys", "{\"name\":\"k\"}").error())
        .isEqualTo("400 permissions is required");
    assertThat(api.post("/api-keys", "{\"name\":\"k\",\"permissions\":[null]}").error())
        .isEqualTo("400 permissions[0] must not be null");
    assertThat(
            api.post("/api-keys", "{\"name\":\"k\",\"permissions\":[],\"expiresAt\":\"soon\"}")
                .error())
        .isEqualTo("400 expiresAt must be a date and time like 2026-01-31T12:00:00Z");
  }

  @Test
  void whatEverybodyMayAskNeedsNoKey() {
    TestApi.Reply config = api.call("GET", "/config", "", new String[0]);
    assertThat(config.object())
        .containsEntry("proxyToolboxUrl", "http://localhost:3000/toolbox")
        .containsEntry("defaultSnapshot", "default")
        .containsEntry("oidc", Map.of("issuer", "", "clientId", "", "audience", "", "provider", ""))
        .containsKeys(
            "version",
            "linkedAccountsEnabled",
            "announcements",
            "proxyTemplateUrl",
            "dashboardUrl",
            "maxAutoArchiveInterval",
            "maintananceMode",
            "environment");
    assertThat(config.response().headers().firstValue("X-Daytona-Api-Version"))
        .hasValue("v0.190.0");
    assertThat(api.call("GET", "/health", "", new String[0]).body())
        .isEqualTo("{\"status\":\"ok\"}");
    assertThat(api.call("GET", "/health/ready", "", new String[0]).body())
        .isEqualTo(
            "{\"status\":\"ok\",\"info\":{\"database\":{\"status\":\"up\"}},\"error\":{},"
                + "\"details\":{\"database\":{\"status\":\"up\"}}}");
    assertThat(api.call("GET", "/shared-regions", "", new String[0]).body())
        .startsWith("[{\"id\":\"us\"");
    assertThat(api.call("GET", "/regions", "", new String[0]).status()).isEqualTo(401);
  }
}
