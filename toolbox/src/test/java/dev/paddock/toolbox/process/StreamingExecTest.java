package dev.paddock.toolbox.process;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.Frames.Frame;
import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingExecTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private final Frames frames = new Frames();

  @Test
  void theStreamsComeApartAndThenTheExit() throws Exception {
    start("{'type':'start','argv':['sh','-c','echo out; sleep 0.2; echo err >&2; exit 4']}");

    assertThat(started()).isPositive();
    assertThat(frames.next()).isEqualTo(new Frame.Binary("\u0001out\n"));
    assertThat(frames.next()).isEqualTo(new Frame.Binary("\u0002err\n"));
    assertThat(frames.next())
        .isEqualTo(
            new Frame.Text("{\"type\":\"exit\",\"code\":4,\"signal\":0,\"timedOut\":false}"));
    assertThat(frames.next()).isEqualTo(new Frame.Close(1000, ""));
  }

  @Test
  void standardInputIsSentUntilItEnds() throws Exception {
    WebSocket socket = start("{'type':'start','argv':['cat'],'stdin':true}");
    started();

    input(socket, "hello");
    assertThat(frames.next()).isEqualTo(new Frame.Binary("\u0001hello"));
    text(socket, "{'type':'end'}");

    assertThat(frames.next()).isEqualTo(exit(0, 0));
  }

  @Test
  void aSignalReachesTheCommand() throws Exception {
    WebSocket socket = start("{'type':'start','argv':['sleep','1000']}");
    started();

    text(socket, "{'type':'signal','signal':15}");

    assertThat(frames.next()).isEqualTo(exit(143, 15));
  }

  @Test
  void aTerminalHasItsSizeAndCanBeResized() throws Exception {
    WebSocket socket =
        start(
            "{'type':'start','argv':['sh','-c','stty size; read x; stty size'],'stdin':true,"
                + "'terminal':{'columns':90,'rows':30}}");
    started();
    assertThat(frames.until("30 90")).isNotEmpty();

    text(socket, "{'type':'resize','columns':100,'rows':40}");
    input(socket, "go\n");

    assertThat(frames.until("40 100")).isNotEmpty();
  }

  @Test
  void shellTextRunsWithDirectoryAndVariables() throws Exception {
    start("{'type':'start','command':'echo $PWD $NAME','cwd':'/usr','env':{'NAME':'value'}}");
    started();

    assertThat(frames.next()).isEqualTo(new Frame.Binary("\u0001/usr value\n"));
  }

  @Test
  void aTimeOutKillsAndSaysSo() throws Exception {
    start("{'type':'start','argv':['sleep','1000'],'timeout':1}");
    started();

    Frame.Text exit = (Frame.Text) frames.next();

    assertThat(read(exit.text()).path("timedOut").asBoolean()).isTrue();
  }

  @Test
  void aClientThatGoesAwayEndsTheCommand() throws Exception {
    WebSocket socket = start("{'type':'start','command':'echo $$; exec sleep 1000'}");
    started();
    Frame.Binary pid = (Frame.Binary) frames.next();
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(pid.latin1().substring(1).strip())).orElseThrow();

    socket.abort();

    process.onExit().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "[]",
        "no json",
        "{'type':'end'}",
        "{'type':'start'}",
        "{'type':'start','argv':['a'],'command':'b'}",
        "{'type':'start','argv':['true'],'timeout':-1}",
        "{'type':'start','argv':['true'],'env':{'A-B':'c'}}",
        "{'type':'start','argv':['true'],'terminal':{'columns':0,'rows':5}}"
      })
  void aWrongStartIsRefusedWithTheReason(String start) throws Exception {
    start(start);

    Frame.Text error = (Frame.Text) frames.next();

    assertThat(read(error.text()).path("type").asString()).isEqualTo("error");
    assertThat(read(error.text()).path("message").asString()).isNotEmpty();
    assertThat(((Frame.Close) frames.next()).code()).isEqualTo(1008);
  }

  @Test
  void aProgramThatDoesNotExistIsAnError() throws Exception {
    start("{'type':'start','argv':['/no/such/program']}");

    assertThat(((Frame.Text) frames.next()).text()).contains("\"error\"");
  }

  @Test
  void anInputOnAWrongStreamEndsTheConversation() throws Exception {
    WebSocket socket = start("{'type':'start','argv':['sleep','1000'],'stdin':true}");
    started();

    socket.sendBinary(ByteBuffer.wrap(new byte[] {7, 1}), true).join();

    assertThat(((Frame.Text) frames.next()).text()).contains("\"statusCode\":400");
  }

  private WebSocket start(String frame) {
    WebSocket socket = TOOLBOX.webSocket("/process/exec", frames);
    text(socket, frame);
    return socket;
  }

  private static void text(WebSocket socket, String frame) {
    socket.sendText(frame.replace('\'', '"'), true).join();
  }

  private static void input(WebSocket socket, String text) {
    byte[] frame = ("\0" + text).getBytes(StandardCharsets.UTF_8);
    socket.sendBinary(ByteBuffer.wrap(frame), true).join();
  }

  private int started() throws InterruptedException {
    Frame frame = frames.next();
    assertThat(frame).isInstanceOf(Frame.Text.class);
    String text = ((Frame.Text) frame).text();
    assertThat(read(text).path("type").asString()).as(text).isEqualTo("started");
    return read(text).path("pid").asInt();
  }

  private static Frame exit(int code, int signal) {
    return new Frame.Text(
        "{\"type\":\"exit\",\"code\":%d,\"signal\":%d,\"timedOut\":false}".formatted(code, signal));
  }
}
