package dev.paddock.toolbox.process;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecuteTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void bothStreamsComeInTheOrderOfWritingWithTheExitCode() throws Exception {
    HttpResponse<String> answer = execute("echo out; echo err >&2; echo more; exit 3");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"exitCode\":3,\"result\":\"out\\nerr\\nmore\\n\"}");
  }

  @Test
  void theTextMayBeAnythingThatAShellReads() throws Exception {
    String text = "cat <<'END' | tr a-z A-Z && echo done\nfirst\nsecond\nEND\n";

    assertThat(read(execute(text)).path("result").asString()).isEqualTo("FIRST\nSECOND\ndone\n");
  }

  @Test
  void theCommandStartsInTheWorkDirOrWhereItIsTold() throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve("sub"));

    assertThat(read(execute("pwd")).path("result").asString()).isEqualTo(TOOLBOX.work() + "\n");
    assertThat(read(post("{\"command\":\"pwd\",\"cwd\":\"sub\"}")).path("result").asString())
        .isEqualTo(TOOLBOX.work() + "/sub\n");
  }

  @Test
  void variablesAreAddedToTheSandboxesOwn() throws Exception {
    HttpResponse<String> answer =
        post("{\"command\":\"echo $GREETING $NAME\",\"envs\":{\"NAME\":\"a 'b\"}}");

    assertThat(read(answer).path("result").asString()).isEqualTo("hello a 'b\n");
  }

  @Test
  void aTimeOutIs408AndKillsAllThatTheCommandStarted() throws Exception {
    String command = "sleep 1000 & echo $! > child; sleep 1000";

    HttpResponse<String> answer = post("{\"timeout\":1,\"command\":" + quote(command) + "}");

    assertThat(answer.statusCode()).isEqualTo(408);
    assertThat(read(answer).path("message").asString())
        .isEqualTo("request timeout: command execution timeout");
    assertThat(read(answer).path("code").asString()).isEqualTo("REQUEST_TIMEOUT");
    assertThat(read(answer).path("statusCode").asInt()).isEqualTo(408);
    assertThat(read(answer).path("method").asString()).isEqualTo("POST");
    assertThat(read(answer).path("path").asString())
        .isEqualTo(TestToolbox.prefix() + "/process/execute");
    awaitEndOf(TOOLBOX.work().resolve("child"));
  }

  @Test
  void aClientThatGoesAwayEndsItsCommand() throws Exception {
    Path started = TOOLBOX.work().resolve("started");
    String body = "{\"command\":" + quote("echo $$ > started; sleep 1000") + "}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOOLBOX.port())) {
      String head =
          "POST %s/process/execute HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test-key\r\n"
                  .formatted(TestToolbox.prefix())
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      assertThat(execute("until [ -s started ]; do sleep 0.02; done").statusCode()).isEqualTo(200);
    }

    awaitEndOf(started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"command\":\"\"}|bad request: command is required",
        "{\"command\":\" \"}|bad request: command is required",
        "{}|bad request: command is required",
        "{\"command\":\"true\",\"timeout\":-1}|bad request: timeout must be 0 or more seconds",
        "{\"command\":\"true\",\"envs\":{\"1A\":\"x\"}}|bad request: invalid environment variable"
            + " name '1A': use letters, digits and underscores, and no digit first"
      })
  void badInputIs400WithTheReason(String body, String message) throws Exception {
    HttpResponse<String> answer = post(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("message").asString()).isEqualTo(message);
    assertThat(read(answer).path("code").asString()).isEqualTo("BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[]", "\"x\"", "{\"command\":7}", "{\"command\":\"a\",\"timeout\":\"b\"}"})
  void whatIsNoRequestIs400(String body) throws Exception {
    assertThat(post(body).statusCode()).isEqualTo(400);
  }

  @Test
  void aCommandThatCannotStartExitsWithMinusOne() throws Exception {
    HttpResponse<String> answer = post("{\"command\":\"true\",\"cwd\":\"/does/not/exist\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read(answer).path("exitCode").asInt()).isEqualTo(-1);
  }

  @Test
  void hugeOutputArrivesWholeAndLeavesNothing() throws Exception {
    HttpResponse<String> answer = execute("yes abcdefg | head -c 50000000");

    assertThat(read(answer).path("result").asString()).hasSize(50_000_000).endsWith("abcdefg\n");
    assertThat(TOOLBOX.spool()).isEmptyDirectory();
  }

  @Test
  void outputThatIsNoTextDoesNotBreakTheAnswer() throws Exception {
    HttpResponse<String> answer = execute("printf 'a\\377\\001\"b'");

    assertThat(read(answer).path("result").asString()).isEqualTo("a\ufffd\u0001\"b");
  }

  private static HttpResponse<String> execute(String command) throws Exception {
    return post("{\"command\":" + quote(command) + "}");
  }

  private static HttpResponse<String> post(String json) throws Exception {
    return TOOLBOX.post("/process/execute", json);
  }

  private static void awaitEndOf(Path pidFile) throws Exception {
    long pid = Long.parseLong(Files.readString(pidFile).strip());
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
