package dev.paddock.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SandboxTest {
  private TestApi api;
  private String one;

  @BeforeEach
  void start() {
    api = new TestApi();
    one = "/sandbox/" + api.sandbox("{\"name\":\"one\",\"labels\":{\"team\":\"a\"}}");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void itStopsStartsAndIsDeleted() {
    assertThat(api.post(one + "/stop", "").object()).containsEntry("state", "stopped");
    assertThat(api.post(one + "/stop?force=true", "").error())
        .isEqualTo("400 Sandbox is not in a stoppable state");
    assertThat(api.post(one + "/start", "").object()).containsEntry("state", "started");
    assertThat(api.post(one + "/start", "").error()).isEqualTo("400 Sandbox is not in valid state");
    TestApi.Reply deleted = api.call("DELETE", one, "");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.object()).containsEntry("desiredState", "destroyed");
    assertThat(api.get(one).status()).isEqualTo(404);
  }

  @Test
  void anUnknownOneIs404Everywhere() {
    String message = "404 Sandbox with ID or name none not found";
    for (String path :
        List.of("", "/toolbox-proxy-url", "/ports/80/preview-url", "/build-logs", "/signing-key")) {
      assertThat(api.get("/sandbox/none" + path).error()).isEqualTo(message);
    }
    for (String path :
        List.of(
            "/start",
            "/stop",
            "/autostop/5",
            "/public/true",
            "/last-activity",
            "/signing-key/rotate")) {
      assertThat(api.post("/sandbox/none" + path, "").error()).isEqualTo(message);
    }
    assertThat(api.call("DELETE", "/sandbox/none", "").error()).isEqualTo(message);
    assertThat(api.call("PUT", "/sandbox/none/labels", "{\"labels\":{}}").error())
        .isEqualTo(message);
  }

  @Test
  void anotherOrganisationsIs404AsIfItDidNotExist() {
    String id = one.substring("/sandbox/".length());
    String message = "404 Sandbox with ID or name " + id + " not found";
    assertThat(api.callAsStranger("GET", one, "").error()).isEqualTo(message);
    assertThat(api.callAsStranger("GET", one + "/ports/80/preview-url", "").error())
        .isEqualTo(message);
    assertThat(api.callAsStranger("GET", one + "/signing-key", "").error()).isEqualTo(message);
    assertThat(api.callAsStranger("POST", one + "/signing-key/rotate", "").error())
        .isEqualTo(message);
    assertThat(api.callAsStranger("POST", one + "/stop", "").error()).isEqualTo(message);
    assertThat(api.callAsStranger("DELETE", one, "").error()).isEqualTo(message);
    assertThat(api.callAsStranger("GET", "/sandbox", "").body())
        .isEqualTo("{\"items\":[],\"nextCursor\":null}");
    assertThat(api.get(one).object()).containsEntry("state", "started");
  }

  @Test
  void itsSettingsChange() {
    assertThat(api.call("PUT", one + "/labels", "{\"labels\":{\"x\":\"y\"}}").object())
        .containsEntry("labels", Map.of("x", "y"));
    assertThat(api.post(one + "/public/true", "").object()).containsEntry("public", true);
    assertThat(api.post(one + "/autostop/0", "").object()).containsEntry("autoStopInterval", 0);
    assertThat(api.post(one + "/autoarchive/0", "").object())
        .containsEntry("autoArchiveInterval", 43200);
    assertThat(api.post(one + "/autodelete/-1", "").object())
        .containsEntry("autoDeleteInterval", -1);
    TestApi.Reply activity = api.post(one + "/last-activity", "");
    assertThat(activity.status()).isEqualTo(201);
    assertThat(activity.body()).isEmpty();
  }

  @Test
  void wrongSettingsAre400() {
    assertThat(api.call("PUT", one + "/labels", "{}").error()).isEqualTo("400 labels is required");
    assertThat(api.call("PUT", one + "/labels", "{\"labels\":{\"a\":1}}").error())
        .isEqualTo("400 labels.a must be a string");
    assertThat(api.post(one + "/public/maybe", "").error())
        .isEqualTo("400 isPublic must be true or false");
    assertThat(api.post(one + "/autostop/soon", "").error())
        .isEqualTo("400 interval must be an integer number");
    assertThat(api.post(one + "/autostop/-1", "").error())
        .isEqualTo("400 autoStopInterval must not be negative; 0 turns it off");
    assertThat(api.post(one + "/stop?force=perhaps", "").error())
        .isEqualTo("400 force must be true or false");
  }

  @Test
  void aPortHasAPreviewAddressAndAToken() {
    Map<String, Object> link = api.get(one + "/ports/4096/preview-url").object();
    assertThat(link.keySet()).containsExactly("sandboxId", "url", "token");
    assertThat(link)
        .containsEntry("url", "http://4096-" + link.get("sandboxId") + ".proxy.localhost:4000");
    assertThat((String) link.get("token")).isNotEmpty();
    assertThat(api.get(one + "/toolbox-proxy-url").body())
        .isEqualTo("{\"url\":\"http://localhost:3000/toolbox\"}");
  }

  @Test
  void itsSigningKeyIsBareTextAndCanBeReplaced() {
    String first = api.get(one + "/signing-key").body();
    assertThat(first).matches("fsk_[0-9a-f]{64}");
    String second = api.post(one + "/signing-key/rotate", "").body();
    assertThat(second).matches("fsk_[0-9a-f]{64}").isNotEqualTo(first);
    assertThat(api.get(one + "/signing-key").body()).isEqualTo(second);
  }

  @Test
  void portsOutsideTheRangeAre400() {
    for (String port : List.of("0", "70000", "-1")) {
      assertThat(api.get(one + "/ports/" + port + "/preview-url").error())
          .startsWith("400 ")
          .contains("65535");
    }
    assertThat(api.get(one + "/ports/http/preview-url").error())
        .isEqualTo("400 port must be an integer number");
  }

  @Test
  void itIsListedInTheShapeThatTheClientsVersionExpects() {
    String key = "Bearer " + api.control().key();
    Map<String, Object> slice = api.get("/sandbox").object();
    assertThat(slice.keySet()).containsExactly("items", "nextCursor");
    assertThat(slice.get("nextCursor")).isNull();
    assertThat(
            api.call("GET", "/sandbox", "", "Authorization", key, "X-Daytona-SDK-Version", "0.27.1")
                .body())
        .startsWith("[{\"id\":");
    assertThat(
            api.call(
                    "GET", "/sandbox", "", "Authorization", key, "X-Daytona-SDK-Version", "0.218.0")
                .body())
        .startsWith("{\"items\":[{\"id\":")
        .doesNotContain("\"env\"");
    Map<String, Object> page = api.get("/sandbox/paginated?page=1&limit=1").object();
    assertThat(page)
        .containsEntry("total", 1)
        .containsEntry("page", 1)
        .containsEntry("totalPages", 1);
  }

  @Test
  void aListingIsCutAndContinued() {
    api.sandbox("{\"name\":\"two\"}");
    Map<String, Object> first = api.get("/sandbox?limit=1&sort=name&order=asc").object();
    assertThat((List<?>) first.get("items")).hasSize(1);
    assertThat(String.valueOf(first.get("items"))).contains("name=one");
    String cursor = TestApi.encoded(String.valueOf(first.get("nextCursor")));
    Map<String, Object> second =
        api.get("/sandbox?limit=1&sort=name&order=asc&cursor=" + cursor).object();
    assertThat(String.valueOf(second.get("items"))).contains("name=two");
  }

  @Test
  void aListingIsFilteredByLabels() {
    api.sandbox("{\"name\":\"two\",\"labels\":{\"team\":\"b\"}}");
    String labels = TestApi.encoded("{\"team\":\"b\"}");
    assertThat(api.get("/sandbox?labels=" + labels).body())
        .contains("\"two\"")
        .doesNotContain("\"one\"");
    for (String wrong : List.of("{\"team\":1}", "[]", "{")) {
      assertThat(api.get("/sandbox?labels=" + TestApi.encoded(wrong)).error())
          .isEqualTo("400 labels must be a JSON object of strings");
    }
  }

  @Test
  void wrongListArgumentsAre400() {
    assertThat(api.get("/sandbox?limit=0").error())
        .isEqualTo("400 limit must be between 1 and 200");
    assertThat(api.get("/sandbox?limit=ten").error())
        .isEqualTo("400 limit must be an integer number");
    assertThat(api.get("/sandbox/paginated?page=0").error())
        .isEqualTo("400 page must not be less than 1");
    assertThat(api.get("/sandbox?order=up").error()).isEqualTo("400 order must be asc or desc");
    assertThat(api.get("/sandbox?sort=shape").error()).isEqualTo("400 sort cannot be shape");
    assertThat(api.get("/sandbox?cursor=nonsense").status()).isEqualTo(400);
    assertThat(api.get("/sandbox?createdAtAfter=now").error())
        .isEqualTo("400 createdAtAfter must be a time such as 2026-01-31T12:00:00Z");
  }

  @Test
  void routesOfOtherMethodsAndPathsAreToldApart() {
    assertThat(api.call("PATCH", "/sandbox", "{}").error())
        .isEqualTo("405 Cannot PATCH /api/sandbox");
    assertThat(api.get("/volumes").error()).isEqualTo("404 Cannot GET /api/volumes");
  }
}
