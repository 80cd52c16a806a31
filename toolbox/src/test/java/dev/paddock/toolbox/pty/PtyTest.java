package dev.paddock.toolbox.pty;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.Frames.Frame;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PtyTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final Frame CONNECTED =
      new Frame.Text("{\"type\":\"control\",\"status\":\"connected\"}");

  private final Frames frames = new Frames();

  @Test
  void aTerminalIsMadeListedResizedAndDeleted() throws Exception {
    HttpResponse<String> made = create("{\"id\":\"life\",\"cwd\":\"/usr\",\"envs\":{\"A\":\"1\"}}");

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).isEqualTo("{\"sessionId\":\"life\"}");
    assertThat(read(TOOLBOX.get("/process/pty/life")).path("cols").asInt()).isEqualTo(80);
    assertThat(read(TOOLBOX.get("/process/pty/life")).path("cwd").asString()).isEqualTo("/usr");
    HttpResponse<String> resized =
        TOOLBOX.post("/process/pty/life/resize", "{\"cols\":100,\"rows\":50}");
    assertThat(read(resized).path("rows").asInt()).isEqualTo(50);
    assertThat(TOOLBOX.get("/process/pty").body()).contains("\"life\"");
    assertThat(TOOLBOX.delete("/process/pty/life").statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.get("/process/pty/life").statusCode()).isEqualTo(404);
  }

  @Test
  void aLazyShellStartsWithItsFirstViewer() throws Exception {
    Path place = Files.createDirectory(TOOLBOX.work().resolve("lazy"));
    create("{\"id\":\"lazy\",\"cwd\":\"%s\",\"lazyStart\":true}".formatted(place));
    assertThat(somethingRunsIn(place)).isFalse();

    WebSocket socket = TOOLBOX.webSocket("/process/pty/lazy/connect", frames);
    frames.next();
    awaitShell(socket, frames);

    assertThat(somethingRunsIn(place)).isTrue();
  }

  private static boolean somethingRunsIn(Path directory) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> directory.equals(workingDirectory(process.pid())));
  }

  private static @Nullable Path workingDirectory(long pid) {
    try {
      return Path.of("/proc/" + pid + "/cwd").toRealPath();
    } catch (IOException ended) {
      return null;
    }
  }

  @Test
  void aViewerSeesConnectedThenBytesAndTheExitCodeInTheEnd() throws Exception {
    create("{\"id\":\"exit\",\"lazyStart\":true}");
    WebSocket socket = TOOLBOX.webSocket("/process/pty/exit/connect", frames);
    assertThat(frames.next()).isEqualTo(CONNECTED);

    awaitShell(socket, frames);
    type(socket, "echo $((40+2))$TERM; exit 3\n");

    assertThat(frames.until("42xterm-256color")).isNotEmpty();
    Frame frame = frames.next();
    while (frame instanceof Frame.Binary) {
      frame = frames.next();
    }
    assertThat(frame)
        .isEqualTo(new Frame.Close(1000, "{\"exitCode\":3,\"exitReason\":\"exit status 3\"}"));
  }

  @Test
  void aTerminalOutlivesItsViewerAndHasSeveral() throws Exception {
    create("{\"id\":\"many\"}");
    WebSocket first = TOOLBOX.webSocket("/process/pty/many/connect", frames);
    assertThat(frames.next()).isEqualTo(CONNECTED);
    first.abort();
    Frames second = new Frames();
    Frames third = new Frames();
    WebSocket writer = TOOLBOX.webSocket("/process/pty/many/connect", second);
    TOOLBOX.webSocket("/process/pty/many/connect", third);
    assertThat(second.next()).isEqualTo(CONNECTED);
    assertThat(third.next()).isEqualTo(CONNECTED);

    type(writer, "echo $((40+2))\n");

    assertThat(second.until("42")).isNotEmpty();
    assertThat(third.until("42")).isNotEmpty();
  }

  @Test
  void whatAViewerTypedBeforeHeWentHasArrived() throws Exception {
    for (int i = 0; i < 10; i++) {
      String id = "left" + i;
      create("{\"id\":\"" + id + "\"}");
      Frames viewer = new Frames();
      WebSocket first = TOOLBOX.webSocket("/process/pty/" + id + "/connect", viewer);
      awaitShell(first, viewer);
      type(first, "KEPT=h$((0))re\n");
      first.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      Frames again = new Frames();
      WebSocket second = TOOLBOX.webSocket("/process/pty/" + id + "/connect", again);
      assertThat(again.next()).isEqualTo(CONNECTED);

      type(second, "echo \"<$KEPT>\"\n");

      assertThat(again.until("<h0re>")).isNotEmpty();
    }
  }

  @Test
  void aTerminalMayBeMadeAndViewedInOneStep() throws Exception {
    String environment =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"NAME\":\"välue\"}".getBytes(StandardCharsets.UTF_8));
    WebSocket socket =
        TOOLBOX.webSocketWithProtocol(
            "/process/pty/create-connect?id=step&cols=90&rows=30",
            frames,
            "X-Daytona-Pty-Envs~" + environment,
            "X-Daytona-Pty-Exit-Control");
    assertThat(frames.next()).isEqualTo(CONNECTED);

    awaitShell(socket, frames);
    type(socket, "echo $NAME; stty size; exit\n");

    assertThat(frames.until("30 90")).contains("välue");
    Frame frame = frames.next();
    while (frame instanceof Frame.Binary) {
      frame = frames.next();
    }
    assertThat(frame)
        .isEqualTo(new Frame.Text("{\"type\":\"control\",\"status\":\"exited\",\"exitCode\":0}"));
    assertThat(frames.next()).isEqualTo(new Frame.Close(1000, "{\"exitCode\":0}"));
  }

  @Test
  void aViewerOfNothingIsTold() throws Exception {
    TOOLBOX.webSocket("/process/pty/none/connect", frames);

    Frame.Text error = (Frame.Text) frames.next();

    assertThat(read(error.text()).path("status").asString()).isEqualTo("error");
    String why = read(error.text()).path("error").asString();
    assertThat(why).isNotEmpty();
    Frame.Close end = (Frame.Close) frames.next();
    assertThat(end.code()).isEqualTo(1011);
    assertThat(read(end.reason()).path("error").asString()).isEqualTo(why);
  }

  @Test
  void anIdThatIsTakenIs409() throws Exception {
    create("{\"id\":\"taken\"}");

    assertThat(create("{\"id\":\"taken\"}").statusCode()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"\"}",
        "{\"id\":\"x\",\"cols\":1001}",
        "{\"id\":\"x\",\"rows\":-1}",
        "{\"id\":\"x\",\"envs\":{\"A=\":\"\"}}"
      })
  void badInputIs400(String body) throws Exception {
    assertThat(create(body).statusCode()).isEqualTo(400);
  }

  @Test
  void anUnknownTerminalIs404() throws Exception {
    assertThat(TOOLBOX.delete("/process/pty/none").statusCode()).isEqualTo(404);
    assertThat(TOOLBOX.post("/process/pty/none/resize", "{\"cols\":1,\"rows\":1}").statusCode())
        .isEqualTo(404);
  }

  private static HttpResponse<String> create(String body) throws Exception {
    return TOOLBOX.post("/process/pty", body);
  }

  /** A shell may throw away what is typed before it is ready. */
  private static void awaitShell(WebSocket socket, Frames frames) throws InterruptedException {
    int attempts = 0;
    do {
      assertThat(attempts++).isLessThan(10);
      type(socket, "echo re$((0))dy\n");
    } while (!frames.see("re0dy", 2000));
  }

  private static void type(WebSocket socket, String text) {
    socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true).join();
  }
}
