package dev.paddock.toolbox.session;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SessionLogTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final String VERSION = "X-Daytona-SDK-Version";
  private static final String BOTH = "echo out; sleep 0.2; echo err >&2; sleep 0.2; echo more";
  private static final String MARKED =
      "\u0001\u0001\u0001out\n\u0002\u0002\u0002err\n\u0001\u0001\u0001more\n";

  private int sessions;

  @Test
  void withoutVersionAnswersHaveNoMarkers() throws Exception {
    JsonNode answer = run(BOTH);

    assertThat(answer.path("output").asString()).isEqualTo("out\nerr\nmore\n");
    assertThat(answer.propertyNames()).containsExactlyInAnyOrder("cmdId", "exitCode", "output");
    assertThat(TOOLBOX.get(logs(answer)).body()).isEqualTo("out\nerr\nmore\n");
  }

  @Test
  void aFollowerThatLeavesASilentLogIsForgotten() throws Exception {
    String logs = logsOf(start("echo on; sleep 1000")) + "?follow=true";
    HttpRequest follow =
        TOOLBOX.request("GET", TestToolbox.prefix() + logs, BodyPublishers.noBody());
    InputStream log = TOOLBOX.http().send(follow, BodyHandlers.ofInputStream()).body();
    assertThat(log.readNBytes(2)).asString().isEqualTo("on");
    long during = TOOLBOX.agentConnections();

    log.close();

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (TOOLBOX.agentConnections() >= during) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.27.1", "0.121.0", "0.166.0"})
  void from027TheMarkersStandInTheText(String version) throws Exception {
    JsonNode answer = run(BOTH, VERSION, version);

    assertThat(answer.path("output").asString()).isEqualTo(MARKED);
    assertThat(answer.has("stdout")).isFalse();
    HttpResponse<String> logs = TOOLBOX.get(logs(answer), VERSION, version);
    assertThat(logs.body()).isEqualTo(MARKED);
    assertThat(logs.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.167.0", "0.190.1", "0.218.0"})
  void from0167TheStreamsComeApartAsWell(String version) throws Exception {
    JsonNode answer = run(BOTH, VERSION, version);

    assertThat(answer.path("output").asString()).isEqualTo(MARKED);
    assertThat(answer.path("stdout").asString()).isEqualTo("out\nmore\n");
    assertThat(answer.path("stderr").asString()).isEqualTo("err\n");
    JsonNode logs = read(TOOLBOX.get(logs(answer), VERSION, version));
    assertThat(logs.path("output").asString()).isEqualTo(MARKED);
    assertThat(logs.path("stdout").asString()).isEqualTo("out\nmore\n");
    assertThat(logs.path("stderr").asString()).isEqualTo("err\n");
  }

  @Test
  void withoutVersionMarkersCanBeAskedFor() throws Exception {
    JsonNode answer = run(BOTH, "X-Daytona-Split-Output", "true");

    assertThat(answer.path("output").asString()).isEqualTo(MARKED);
    assertThat(TOOLBOX.get(logs(answer), "X-Daytona-Split-Output", "true").body())
        .isEqualTo(MARKED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.27.1", "0.218.0"})
  void aWebSocketFollowsInBinaryFramesAndClosesAtTheEnd(String version) throws Exception {
    String command = start("read go; " + BOTH);
    Frames frames = new Frames();
    if (version.isEmpty()) {
      TOOLBOX.webSocket(logsOf(command) + "?follow=true", frames);
    } else {
      TOOLBOX.webSocket(logsOf(command) + "?follow=true", frames, VERSION, version);
    }

    TOOLBOX.post(commandOf(command) + "/input", "{\"data\":\"go\"}");

    assertThat(new String(frames.binaryUntilClose(), StandardCharsets.UTF_8)).isEqualTo(MARKED);
  }

  @Test
  void aWebSocketOfAnOldVersionHasNoMarkers() throws Exception {
    JsonNode answer = run(BOTH);
    Frames frames = new Frames();

    TOOLBOX.webSocket(logs(answer) + "?follow=true", frames, VERSION, "0.25.0");

    assertThat(new String(frames.binaryUntilClose(), StandardCharsets.UTF_8))
        .isEqualTo("out\nerr\nmore\n");
  }

  @Test
  void aWebSocketWithoutFollowSendsWhatIsThereAndCloses() throws Exception {
    String command = start("echo before; read line");
    awaitOutput(command);
    Frames frames = new Frames();

    TOOLBOX.webSocket(logsOf(command), frames, VERSION, "0.218.0");

    assertThat(new String(frames.binaryUntilClose(), StandardCharsets.UTF_8))
        .isEqualTo("\u0001\u0001\u0001before\n");
  }

  @Test
  void theVersionMayComeAsSubProtocol() throws Exception {
    JsonNode answer = run(BOTH);
    Frames frames = new Frames();

    WebSocket socket =
        TOOLBOX.webSocketWithProtocol(
            logs(answer) + "?follow=true", frames, "X-Daytona-SDK-Version~0.218.0");

    assertThat(socket.getSubprotocol()).isEqualTo("X-Daytona-SDK-Version~0.218.0");
    assertThat(new String(frames.binaryUntilClose(), StandardCharsets.UTF_8)).isEqualTo(MARKED);
  }

  @Test
  void aPlainFollowStreamsUntilTheEnd() throws Exception {
    String command = start(BOTH);

    HttpResponse<String> answer = TOOLBOX.get(logsOf(command) + "?follow=true");

    assertThat(answer.body()).isEqualTo("out\nerr\nmore\n");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  @Test
  void theImagesOwnLogAlwaysHasMarkers() throws Exception {
    String logs = "/process/session/entrypoint/logs";
    TOOLBOX.post("/process/execute", "{\"command\":\"true\"}");

    assertThat(TOOLBOX.get(logs).body()).contains("\u0001\u0001\u0001entry\n");
    assertThat(read(TOOLBOX.get(logs, VERSION, "0.218.0")).path("stderr").asString())
        .isEqualTo("problem\n");
  }

  @Test
  void aLongLogComesWholeInEachShape() throws Exception {
    JsonNode answer = run("yes abcdefg | head -c 3000000; echo bad >&2", VERSION, "0.218.0");

    assertThat(answer.path("stdout").asString()).hasSize(3_000_000);
    assertThat(answer.path("stderr").asString()).isEqualTo("bad\n");
    assertThat(TOOLBOX.get(logs(answer)).body()).hasSize(3_000_004);
    ClientDemultiplexer client =
        new ClientDemultiplexer(answer.path("output").asString().getBytes(StandardCharsets.UTF_8));
    assertThat(client.stdout()).hasSize(3_000_000);
  }

  @Test
  void charactersAreNotTornOnTheWayToAFollower() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("umlauts"), "ä".repeat(500_000));
    String command = start("cat umlauts");
    Frames frames = new Frames();

    TOOLBOX.webSocket(logsOf(command) + "?follow=true", frames, VERSION, "0.27.1");

    String torn = "\ufffd";
    for (Frames.Frame frame = frames.next();
        frame instanceof Frames.Frame.Binary(String latin1);
        frame = frames.next()) {
      byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
      assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain(torn);
    }
  }

  private JsonNode run(String command, String... headers) throws Exception {
    return read(execute(command, false, headers));
  }

  private String start(String command) throws Exception {
    return read(execute(command, true)).path("cmdId").asString();
  }

  private HttpResponse<String> execute(String command, boolean async, String... headers)
      throws Exception {
    sessions++;
    TOOLBOX.post("/process/session", "{\"sessionId\":" + quote(session()) + "}");
    return TOOLBOX.send(
        "POST",
        "/process/session/" + session() + "/exec",
        BodyPublishers.ofString("{\"command\":" + quote(command) + ",\"runAsync\":" + async + "}"),
        headers);
  }

  private String session() {
    return "log-" + System.identityHashCode(this) + "-" + sessions;
  }

  private String commandOf(String command) {
    return "/process/session/" + session() + "/command/" + command;
  }

  private String logsOf(String command) {
    return commandOf(command) + "/logs";
  }

  private String logs(JsonNode answer) {
    return logsOf(answer.path("cmdId").asString());
  }

  private void awaitOutput(String command) throws Exception {
    Frames frames = new Frames();
    WebSocket socket = TOOLBOX.webSocket(logsOf(command) + "?follow=true", frames);
    frames.next();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}
