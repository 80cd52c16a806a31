package dev.paddock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.control.fixture.TestControl;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmPoolTest {
  private final TestApi api = new TestApi();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aPoolHasAllThatClientsRequire() {
    TestApi.Reply reply = create(2);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.object())
        .containsKeys("id", "organizationId", "createdAt", "updatedAt", "currentSize")
        .containsEntry("snapshot", TestControl.SNAPSHOT)
        .containsEntry("target", "us")
        .containsEntry("pool", 2)
        .containsEntry("cpu", 1)
        .containsEntry("mem", 2)
        .containsEntry("disk", 5)
        .containsEntry("osUser", "daytona")
        .containsEntry("env", Map.of())
        .containsEntry("errorReason", null);
  }

  @Test
  void aPoolIsListedWithWhatIsReady() {
    create(2);

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!api.get("/warm-pools").body().contains("\"currentSize\":2")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    assertThat(api.get("/warm-pools").body()).startsWith("[{").endsWith("}]");
  }

  @Test
  void aPoolIsResizedAndDeleted() {
    String one = "/warm-pools/" + create(2).object().get("id");

    TestApi.Reply resized = api.call("PATCH", one, "{\"pool\":0}");
    assertThat(resized.status()).isEqualTo(200);
    assertThat(resized.object()).containsEntry("pool", 0);

    assertThat(api.call("DELETE", one, "").status()).isEqualTo(204);
    assertThat(api.get("/warm-pools").body()).isEqualTo("[]");
  }

  @Test
  void whatIsWrongIsSaid() {
    for (List<String> wrong :
        List.of(
            List.of("{\"pool\":1}", "400 snapshot is required"),
            List.of("{\"snapshot\":\"default\"}", "400 pool is required"),
            List.of("{\"snapshot\":\"none\",\"pool\":1}", "404 Snapshot none not found"),
            List.of(
                "{\"snapshot\":\"default\",\"pool\":-1}", "400 pool must be between 0 and 1000"))) {
      assertThat(api.post("/warm-pools", wrong.get(0)).error()).isEqualTo(wrong.get(1));
    }
  }

  @Test
  void anotherOrganisationsPoolIsNotThere() {
    String one = "/warm-pools/" + create(1).object().get("id");

    assertThat(api.callAsStranger("PATCH", one, "{\"pool\":5}").status()).isEqualTo(404);
    assertThat(api.callAsStranger("DELETE", one, "").status()).isEqualTo(404);
    assertThat(api.callAsStranger("GET", "/warm-pools", "").body()).isEqualTo("[]");
  }

  private TestApi.Reply create(int size) {
    return api.post(
        "/warm-pools", "{\"snapshot\":\"" + TestControl.SNAPSHOT + "\",\"pool\":" + size + "}");
  }
}
