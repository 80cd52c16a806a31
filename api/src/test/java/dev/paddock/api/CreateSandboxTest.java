package dev.paddock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.control.fixture.InMemoryRunner;
import dev.paddock.model.failure.UnavailableException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CreateSandboxTest {
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
  void anEmptyRequestGivesAStartedSandboxWithAllRequiredKeys() {
    TestApi.Reply reply = api.post("/sandbox", "{}");
    assertThat(reply.status()).isEqualTo(200);
    Map<String, Object> sandbox = reply.object();
    assertThat(sandbox)
        .containsKeys("id", "organizationId", "createdAt", "updatedAt", "lastActivityAt")
        .containsEntry("name", sandbox.get("id"))
        .containsEntry("snapshot", "default")
        .containsEntry("user", "daytona")
        .containsEntry("env", Map.of())
        .containsEntry("labels", Map.of())
        .containsEntry("public", false)
        .containsEntry("networkBlockAll", false)
        .containsEntry("kvm", false)
        .containsEntry("target", "us")
        .containsEntry("cpu", 1)
        .containsEntry("gpu", 0)
        .containsEntry("memory", 2)
        .containsEntry("disk", 5)
        .containsEntry("state", "started")
        .containsEntry("desiredState", "started")
        .doesNotContainKey("runtime")
        .containsEntry("autoStopInterval", 15)
        .containsEntry("autoArchiveInterval", 10080)
        .containsEntry("autoDeleteInterval", -1)
        .containsEntry("toolboxProxyUrl", "http://localhost:3000/toolbox")
        .doesNotContainKeys("errorReason", "buildInfo");
  }

  @Test
  void everythingThatIsAskedForIsKept() {
    String id =
        api.sandbox(
            """
            {"name": "mine", "env": {"A": "1"}, "labels": {"team": "x"}, "public": true,
             "autoStopInterval": 0, "autoArchiveInterval": 60, "autoDeleteInterval": 5,
             "target": "us", "language": "unknown fields are ignored"}\
            """);
    assertThat(api.get("/sandbox/mine").object())
        .containsEntry("id", id)
        .containsEntry("env", Map.of("A", "1"))
        .containsEntry("labels", Map.of("team", "x"))
        .containsEntry("public", true)
        .containsEntry("autoStopInterval", 0)
        .containsEntry("autoArchiveInterval", 60)
        .containsEntry("autoDeleteInterval", 5);
  }

  @Test
  void aRuntimeThatIsNamedIsTakenAndShown() {
    String id = api.sandbox("{\"name\": \"cautious\", \"runtime\": \"runc\"}");

    assertThat(api.get("/sandbox/" + id).object()).containsEntry("runtime", "runc");
    assertThat(api.get("/sandbox?name=cautious").body()).contains("\"runtime\":\"runc\"");
  }

  @Test
  void anImageIsFetchedAndItsSizesAreKept() {
    api.control().runner().images().publish("debian:13");
    TestApi.Reply reply =
        api.post(
            "/sandbox",
            """
            {"buildInfo": {"dockerfileContent": "FROM debian:13\\n"}, "cpu": 2, "memory": 3,
             "disk": 4}\
            """);
    assertThat(reply.object())
        .containsEntry("state", "started")
        .containsEntry("cpu", 2)
        .containsEntry("memory", 3)
        .containsEntry("disk", 4)
        .doesNotContainKey("snapshot");
    assertThat(reply.body()).contains("\"dockerfileContent\":\"FROM debian:13\\n\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"name\":|The request body is not valid JSON: line 1, column 9",
        "[]|The request body must be an object",
        "{\"name\":7}|name must be a string",
        "{\"env\":[]}|env must be an object",
        "{\"env\":{\"A\":1}}|env.A must be a string",
        "{\"env\":{\"A\":null}}|env.A must not be null",
        "{\"labels\":\"x\"}|labels must be an object",
        "{\"public\":\"yes\"}|public must be a boolean",
        "{\"cpu\":\"2\"}|cpu must be an integer",
        "{\"cpu\":1.5}|cpu must be an integer",
        "{\"cpu\":99999999999}|cpu is out of range",
        "{\"autoStopInterval\":true}|autoStopInterval must be an integer",
        "{\"buildInfo\":{}}|buildInfo.dockerfileContent is required",
        "{\"buildInfo\":\"FROM x\"}|buildInfo must be an object",
        "{\"cpu\":1}|Cannot specify Sandbox resources when using a snapshot",
        "{\"autoStopInterval\":-1}|autoStopInterval must not be negative; 0 turns it off",
        "{\"autoArchiveInterval\":-5}|autoArchiveInterval must be between 0 and 43200",
        "{\"name\":\"http://x\"}|name must not contain URLs or HTML",
        "{\"name\":\"<b>\"}|name must not contain URLs or HTML",
        "{\"env\":{\"A=B\":\"1\"}}|env: a variable's name must not be empty or contain '='",
        "{\"snapshot\":\"none\"}|Snapshot none not found. Create it first, or choose one from"
            + " the list",
        "{\"runtime\":7}|runtime must be a string",
        "{\"runtime\":\"bash\"}|runtime must be one of native, runc, runsc",
        "{\"linkedSandbox\":\"x\"}|This server does not support linkedSandbox; leave it out",
        "{\"volumes\":[{\"volumeId\":\"v\",\"mountPath\":\"/v\"}]}|This server does not support"
            + " volumes; leave it out",
      })
  void aWrongRequestIs400ThatSaysWhatIsWrong(String body, String message) {
    assertThat(api.post("/sandbox", body).error()).isEqualTo("400 " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu|-1|cpu must be at least 1",
        "cpu|0|cpu must be at least 1",
        "memory|-1|memory must be at least 1",
        "disk|0|disk must be at least 1",
        "cpu|100000|cpu limit exceeded. Maximum allowed: 256",
        "memory|100000|memory limit exceeded. Maximum allowed: 1024",
        "disk|100000|disk limit exceeded. Maximum allowed: 8192",
        "gpu|1|This server has no GPUs; leave gpu out",
      })
  void negativeAndAbsurdSizesAre400(String field, String value, String message) {
    String build = "{\"buildInfo\":{\"dockerfileContent\":\"FROM a:1\"},";
    assertThat(api.post("/sandbox", build + "\"" + field + "\":" + value + "}").error())
        .isEqualTo("400 " + message);
  }

  @Test
  void aTakenNameIs409() {
    api.sandbox("{\"name\":\"taken\"}");
    assertThat(api.post("/sandbox", "{\"name\":\"taken\"}").object())
        .containsEntry("statusCode", 409)
        .containsEntry("error", "CONFLICT");
  }

  @Test
  void anImageThatCannotBeFetchedIs400WithTheReasonAndLeavesNothing() {
    TestApi.Reply reply =
        api.post(
            "/sandbox",
            "{\"name\":\"gone\",\"buildInfo\":{\"dockerfileContent\":\"FROM none/such:1\"}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("none/such:1");
    assertThat(api.get("/sandbox/gone").status()).isEqualTo(404);
  }

  @Test
  void aHostThatCannotStartItIsReportedAndLeavesNothing() {
    api.control()
        .runner()
        .at(
            InMemoryRunner.Spot.BEFORE_CREATE,
            () -> {
              throw new UnavailableException("The host is full");
            });
    try {
      TestApi.Reply reply = api.post("/sandbox", "{\"name\":\"unlucky\"}");
      assertThat(reply.status()).isBetween(400, 503);
      assertThat(reply.body()).contains("The host is full");
    } finally {
      api.control().runner().clear();
    }
    assertThat(api.get("/sandbox/unlucky").status()).isEqualTo(404);
  }

  @Test
  void aBodyOfMoreThanAMebibyteIs413() {
    assertThat(api.post("/sandbox", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}").error())
        .isEqualTo("413 The request body is longer than 1048576 bytes");
  }
}
