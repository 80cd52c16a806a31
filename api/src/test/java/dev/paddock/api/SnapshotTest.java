package dev.paddock.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SnapshotTest {
  private static final String NAME = "daytonaio/sandbox:0.6.0-slim";

  private TestApi api;

  @BeforeEach
  void start() {
    api = new TestApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private TestApi.Reply create() {
    api.control().runner().images().publish("debian:13");
    return api.post(
        "/snapshots",
        "{\"name\":\"" + NAME + "\",\"imageName\":\"debian:13\",\"cpu\":2,\"memory\":3}");
  }

  private Map<String, Object> active() {
    String path = "/snapshots/" + TestApi.encoded(NAME);
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    Map<String, Object> snapshot = api.get(path).object();
    while (!"active".equals(snapshot.get("state")) && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
      snapshot = api.get(path).object();
    }
    return snapshot;
  }

  @Test
  void oneIsMadeFromAnImageAndFoundByItsEncodedName() {
    TestApi.Reply created = create();
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.object())
        .containsKeys(
            "id",
            "general",
            "size",
            "entrypoint",
            "gpu",
            "skipValidation",
            "errorReason",
            "createdAt",
            "updatedAt",
            "lastUsedAt",
            "sourceSandboxId")
        .containsEntry("name", NAME)
        .containsEntry("cpu", 2)
        .containsEntry("mem", 3)
        .containsEntry("disk", 3);
    assertThat(active()).containsEntry("state", "active");
    assertThat(api.post("/sandbox", "{\"snapshot\":\"" + NAME + "\"}").object())
        .containsEntry("cpu", 2);
  }

  @Test
  void theRuntimeThatOneNamesIsThatOfItsSandboxes() {
    api.control().runner().images().store("localhost/own:1");
    TestApi.Reply created =
        api.post(
            "/snapshots",
            "{\"name\":\"own\",\"imageName\":\"localhost/own:1\",\"runtime\":\"runc\"}");

    assertThat(created.object()).containsEntry("runtime", "runc");
    assertThat(api.post("/sandbox", "{\"snapshot\":\"own\"}").object())
        .containsEntry("runtime", "runc");
    assertThat(api.get("/snapshots/default").object()).doesNotContainKey("runtime");
  }

  @Test
  void theyAreListedByPages() {
    assertThat(api.get("/snapshots").object())
        .containsEntry("total", 1)
        .containsEntry("page", 1)
        .containsEntry("totalPages", 1);
  }

  @Test
  void aDeletedOneIsGone() {
    Object id = create().object().get("id");
    assertThat(active()).containsEntry("state", "active");
    TestApi.Reply deleted = api.call("DELETE", "/snapshots/" + id, "");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(api.get("/snapshots/" + id).status()).isEqualTo(404);
  }

  @Test
  void theDefaultOneCannotBeDeleted() {
    Object id = api.get("/snapshots/default").object().get("id");
    assertThat(api.call("DELETE", "/snapshots/" + id, "").status()).isEqualTo(403);
  }

  @Test
  void wrongRequestsAre400() {
    assertThat(api.post("/snapshots", "{}").error()).isEqualTo("400 name is required");
    assertThat(api.post("/snapshots", "{\"name\":\"a\"}").status()).isEqualTo(400);
    assertThat(api.post("/snapshots", "{\"name\":\"a\",\"imageName\":\"debian:latest\"}").error())
        .isEqualTo("400 imageName must not use the tag latest, which changes its meaning");
    assertThat(api.post("/snapshots", "{\"name\":\"a b\",\"imageName\":\"debian:13\"}").error())
        .startsWith("400 name may hold");
    assertThat(api.post("/snapshots", "{\"name\":\"a\",\"imageName\":\"d:1\",\"cpu\":-1}").error())
        .isEqualTo("400 cpu must be at least 1");
    assertThat(
            api.post("/snapshots", "{\"name\":\"a\",\"imageName\":\"d:1\",\"runtime\":\"sh\"}")
                .error())
        .isEqualTo("400 runtime must be one of native, runc, runsc");
    assertThat(api.post("/snapshots", "{\"name\":\"a\",\"entrypoint\":\"sh\"}").error())
        .isEqualTo("400 entrypoint must be an array");
  }

  @Test
  void aTakenNameIs409AndAnUnknownOne404() {
    create();
    assertThat(create().status()).isEqualTo(409);
    assertThat(api.get("/snapshots/none").status()).isEqualTo(404);
    assertThat(api.get("/snapshots/none%00").error())
        .isEqualTo("400 The path holds a NUL character");
  }
}
