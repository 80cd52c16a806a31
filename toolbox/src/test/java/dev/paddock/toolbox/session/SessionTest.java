package dev.paddock.toolbox.session;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SessionTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aNewSessionHasNoCommandsAndIsListed() throws Exception {
    assertThat(create("new").statusCode()).isEqualTo(201);

    assertThat(TOOLBOX.get("/process/session/new").body())
        .isEqualTo("{\"sessionId\":\"new\",\"commands\":[]}");
    assertThat(TOOLBOX.get("/process/session").body())
        .contains("\"new\"")
        .doesNotContain("entrypoint");
  }

  @Test
  void anIdThatIsTakenIs409() throws Exception {
    create("twice");

    HttpResponse<String> answer = create("twice");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(read(answer).path("code").asString()).isEqualTo("CONFLICT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"sessionId\":\"\"}", "{\"sessionId\":\"entrypoint\"}"})
  void anIdThatCannotBeIs400(String body) throws Exception {
    assertThat(TOOLBOX.post("/process/session", body).statusCode()).isEqualTo(400);
  }

  @Test
  void commandsShareDirectoryAndVariables() throws Exception {
    create("shared");
    run("shared", "cd /usr && NAME=value");

    assertThat(run("shared", "echo $PWD $NAME").path("output").asString())
        .isEqualTo("/usr value\n");
  }

  @Test
  void theAnswerComesWhenTheCommandEndedWithItsCode() throws Exception {
    create("sync");

    HttpResponse<String> answer = execute("sync", "echo out; (exit 7)", false);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read(answer).path("exitCode").asInt()).isEqualTo(7);
    assertThat(read(answer).path("output").asString()).isEqualTo("out\n");
    assertThat(read(answer).path("cmdId").asString()).isNotEmpty();
  }

  @Test
  void inTheBackgroundItAnswers202WithTheIdAlone() throws Exception {
    create("async");

    HttpResponse<String> answer = execute("async", "cat", true);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(read(answer).propertyNames()).containsExactly("cmdId");
    String id = read(answer).path("cmdId").asString();
    assertThat(TOOLBOX.get("/process/session/async/command/" + id).body())
        .isEqualTo("{\"id\":\"" + id + "\",\"command\":\"cat\"}");
  }

  @Test
  void theOlderNameOfTheFlagWorksToo() throws Exception {
    create("older");

    HttpResponse<String> answer =
        TOOLBOX.post("/process/session/older/exec", "{\"command\":\"sleep 1000\",\"async\":true}");

    assertThat(answer.statusCode()).isEqualTo(202);
  }

  @Test
  void inputReachesTheCommandWithALineEnd() throws Exception {
    create("input");
    String id = read(execute("input", "read line; echo got $line", true)).path("cmdId").asString();

    HttpResponse<String> answer =
        TOOLBOX.post("/process/session/input/command/" + id + "/input", "{\"data\":\"something\"}");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(follow("input", id)).isEqualTo("got something\n");
  }

  @Test
  void inputAfterTheEndIs410() throws Exception {
    create("ended");
    String id = run("ended", "true").path("cmdId").asString();

    HttpResponse<String> answer =
        TOOLBOX.post("/process/session/ended/command/" + id + "/input", "{\"data\":\"x\"}");

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(read(answer).path("code").asString()).isEqualTo("GONE");
  }

  @Test
  void aCommandWithoutBackgroundSeesTheEndOfItsInput() throws Exception {
    create("eof");

    assertThat(run("eof", "cat; echo end").path("output").asString()).isEqualTo("end\n");
  }

  @Test
  void aDeletedSessionLetsItsCommandTidyUp() throws Exception {
    create("tidy");
    Path ready = TOOLBOX.work().resolve("ready");
    String command =
        "trap 'echo on > tidied; exit' TERM; touch ready; while :; do sleep 0.05; done";
    execute("tidy", "bash -c " + quote(command), true);
    while (!Files.exists(ready)) {
      Thread.sleep(10);
    }

    TOOLBOX.delete("/process/session/tidy");

    assertThat(TOOLBOX.work().resolve("tidied")).hasContent("on\n");
  }

  @Test
  void aDeletedSessionIsGoneWithAllThatRanInIt() throws Exception {
    create("deleted");
    run("deleted", "sleep 1000 & echo $! > background");
    long pid = Long.parseLong(Files.readString(TOOLBOX.work().resolve("background")).strip());

    assertThat(TOOLBOX.delete("/process/session/deleted").statusCode()).isEqualTo(204);

    assertThat(TOOLBOX.get("/process/session/deleted").statusCode()).isEqualTo(404);
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/command/none", "/command/none/logs"})
  void whatDoesNotExistIs404(String path) throws Exception {
    HttpResponse<String> answer = TOOLBOX.get("/process/session/none" + path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(read(answer).path("message").asString()).startsWith("not found: ");
  }

  @Test
  void anUnknownCommandOfAKnownSessionIs404() throws Exception {
    create("known");

    assertThat(TOOLBOX.get("/process/session/known/command/none/logs").statusCode()).isEqualTo(404);
  }

  @Test
  void deletingOrUsingAnUnknownSessionIs404() throws Exception {
    assertThat(TOOLBOX.delete("/process/session/none").statusCode()).isEqualTo(404);
    assertThat(execute("none", "true", false).statusCode()).isEqualTo(404);
  }

  @Test
  void anEmptyCommandIs400() throws Exception {
    create("empty");

    assertThat(execute("empty", "", false).statusCode()).isEqualTo(400);
  }

  @Test
  void theImagesOwnCommandHasASessionThatIsNotToBeUsed() throws Exception {
    JsonNode session = read(TOOLBOX.get("/process/session/entrypoint"));

    assertThat(session.path("sessionId").asString()).isEqualTo("entrypoint");
    assertThat(session.path("commands").size()).isEqualTo(1);
    assertThat(execute("entrypoint", "true", false).statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.delete("/process/session/entrypoint").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> create(String id) throws Exception {
    return TOOLBOX.post("/process/session", "{\"sessionId\":" + quote(id) + "}");
  }

  private static JsonNode run(String session, String command) throws Exception {
    return read(execute(session, command, false));
  }

  private static HttpResponse<String> execute(String session, String command, boolean async)
      throws Exception {
    return TOOLBOX.post(
        "/process/session/" + session + "/exec",
        "{\"command\":" + quote(command) + ",\"runAsync\":" + async + "}");
  }

  private static String follow(String session, String command) throws Exception {
    return TOOLBOX
        .get("/process/session/" + session + "/command/" + command + "/logs?follow=true")
        .body();
  }
}
