package dev.paddock.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.OutputEvent.Exited;
import dev.paddock.engine.agent.OutputEvent.Stderr;
import dev.paddock.engine.agent.OutputEvent.Stdout;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RealAgentTest {
  private static final ExecOptions PLAIN = new ExecOptions(Duration.ZERO, false, false);
  private static RealAgent agent;
  private static AgentClient client;

  @BeforeAll
  static void start() {
    agent = new RealAgent();
    client = agent.client;
  }

  @AfterAll
  static void end() throws IOException {
    agent.close();
  }

  @Test
  void tellsWhoItIs() {
    AgentInfo info = client.hello(Duration.ofSeconds(10));
    assertThat(info.version()).isEqualTo(1);
    assertThat(info.configured()).isTrue();
    assertThat(info.workDir()).isEqualTo(agent.directory.toString());
  }

  @Test
  void outputsAndExitCodeOfACommandArrive() {
    Command command =
        Command.shell("echo $GREETING $EXTRA; echo bad >&2; exit 7")
            .withEnv(Map.of("EXTRA", "you"));
    Outcome outcome = run(command, PLAIN);
    assertThat(outcome.out()).isEqualTo("hello you\n");
    assertThat(outcome.err()).isEqualTo("bad\n");
    assertThat(outcome.exit().code()).isEqualTo(7);
  }

  @Test
  void inputReachesACommand() {
    ExecOptions options = new ExecOptions(Duration.ZERO, true, false);
    try (Execution execution = client.exec(Command.argv("cat"), options)) {
      execution.writeInput("fed".getBytes(StandardCharsets.UTF_8));
      execution.endInput();
      assertThat(drain(execution).out()).isEqualTo("fed");
    }
  }

  @Test
  void inputThatComesAfterTheEndOfACommandIsDropped() {
    ExecOptions options = new ExecOptions(Duration.ZERO, true, false);
    try (Execution execution = client.exec(Command.argv("false"), options)) {
      run(Command.argv("sleep", "0.3"), PLAIN);
      execution.writeInput("unread".getBytes(StandardCharsets.UTF_8));
      execution.endInput();
      assertThat(drain(execution).exit().code()).isEqualTo(1);
    }
  }

  @Test
  void aTimeOutKillsTheCommand() {
    ExecOptions options = new ExecOptions(Duration.ofMillis(200), false, false);
    Exited exit = run(Command.shell("sleep 60 & sleep 60"), options).exit();
    assertThat(exit.timedOut()).isTrue();
  }

  @Test
  void aSignalReachesTheCommand() {
    try (Execution execution = client.exec(Command.argv("sleep", "60"), PLAIN)) {
      execution.signal(15);
      assertThat(drain(execution).exit())
          .extracting(Exited::code, Exited::signal)
          .containsExactly(143, 15);
    }
  }

  @Test
  void aMissingDirectoryIsInvalidOrMissing() {
    Command command = Command.argv("true").withCwd("/no/such/directory");
    assertThatThrownBy(() -> client.exec(command, PLAIN))
        .isInstanceOfAny(NotFoundException.class, InvalidException.class);
  }

  @Test
  void aSessionRemembersAndItsOutputIsReadFromAnyOffset() {
    client.createSession("s1", "");
    try {
      client.runInSession("s1", "c1", "cd /usr; export A=5", false);
      client.runInSession("s1", "c2", "echo $PWD $A", false);
      Outcome whole = followed(client.readSessionOutput("s1", "c2", 0, true));
      assertThat(whole.out()).isEqualTo("/usr 5\n");
      assertThat(whole.exit().nextOffset()).isEqualTo(7);
      assertThat(followed(client.readSessionOutput("s1", "c2", 5, false)).out()).isEqualTo("5\n");
      assertThat(client.session("s1").commands())
          .extracting(SessionCommand::id)
          .isEqualTo(List.of("c1", "c2"));
    } finally {
      client.deleteSession("s1", Duration.ZERO);
    }
    assertThatThrownBy(() -> client.session("s1")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void inputReachesACommandOfASession() {
    client.createSession("s2", "");
    client.runInSession("s2", "c1", "read line; echo got $line", true);
    client.writeSessionInput("s2", "c1", "this\n".getBytes(StandardCharsets.UTF_8), true);
    assertThat(followed(client.readSessionOutput("s2", "c1", 0, true)).out())
        .isEqualTo("got this\n");
    client.deleteSession("s2", Duration.ZERO);
  }

  @Test
  void aSessionsNameIsTakenOnce() {
    client.createSession("s3", "");
    assertThatThrownBy(() -> client.createSession("s3", "")).isInstanceOf(ConflictException.class);
    client.deleteSession("s3", Duration.ZERO);
  }

  @Test
  void aTerminalEchoesAndIsResized() {
    Command command =
        Command.argv("sh", "-c", "read x; stty size").withTerminal(new TerminalSize(80, 24));
    client.startProcess("p1", command, false);
    assertThat(client.resizeTerminal("p1", new TerminalSize(132, 50)).size())
        .contains(new TerminalSize(132, 50));
    try (Execution terminal = client.attachTerminal("p1", 4096)) {
      terminal.writeInput("go\n".getBytes(StandardCharsets.UTF_8));
      assertThat(drain(terminal).out()).contains("50 132");
    }
    client.removeProcess("p1", Duration.ZERO);
  }

  @Test
  void aBackgroundProcessIsListedSignalledAndRead() {
    client.startProcess("p2", Command.shell("echo started; sleep 60"), false);
    assertThat(client.processes()).extracting(ProcessInfo::id).contains("p2");
    client.signalProcess("p2", 9, true);
    Outcome outcome = followed(client.readProcessOutput("p2", 0, true));
    assertThat(outcome.exit().signal()).isEqualTo(9);
    assertThat(client.process("p2").running()).isFalse();
    client.removeProcess("p2", Duration.ZERO);
  }

  @Test
  void aFileIsWrittenAndReadInRanges() throws IOException {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    String path = agent.directory.resolve("a/b/file").toString();
    FileInfo written =
        client.write(path, new ByteArrayInputStream(content), new WriteOptions(0640, true));
    assertThat(written.size()).isEqualTo(content.length);
    assertThat(written.mode()).isEqualTo(0640);
    try (FileDownload download = client.read(path, 1_000_000, 5)) {
      assertThat(download.body().readAllBytes())
          .containsExactly(
              content[1_000_000],
              content[1_000_001],
              content[1_000_002],
              content[1_000_003],
              content[1_000_004]);
    }
    try (FileDownload download = client.read(path, 0, 0)) {
      assertThat(download.body().readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void aDirectoryIsListedChangedAndRemoved() throws IOException {
    String path = agent.directory.resolve("listed").toString();
    client.makeDirectory(path, 0755, false);
    for (int i = 0; i < 3000; i++) {
      Files.createFile(agent.directory.resolve("listed/file-" + i));
    }
    assertThat(client.list(path)).hasSize(3000);
    client.changeMode(path, 0700);
    assertThat(client.stat(path).mode()).isEqualTo(0700);
    client.rename(path, path + "2", false);
    client.remove(path + "2", true);
    assertThatThrownBy(() -> client.stat(path + "2")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void anUploadThatBreaksLeavesTheOldFile() throws IOException {
    String path = Files.writeString(agent.directory.resolve("kept"), "old").toString();
    assertThatThrownBy(() -> client.write(path, new BrokenBody(), new WriteOptions(0, false)))
        .hasMessageContaining("cut off");
    try (FileDownload download = client.read(path, 0, 0)) {
      assertThat(download.body().readAllBytes()).isEqualTo("old".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aPortIsDialledBothWays() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Dialled dialled = client.dial("", server.getLocalPort(), Duration.ofSeconds(10));
        var peer = server.accept()) {
      dialled.out().write("ping".getBytes(StandardCharsets.UTF_8));
      dialled.out().close();
      assertThat(peer.getInputStream().readAllBytes())
          .isEqualTo("ping".getBytes(StandardCharsets.UTF_8));
      peer.getOutputStream().write("pong".getBytes(StandardCharsets.UTF_8));
      peer.shutdownOutput();
      assertThat(dialled.in().readAllBytes()).isEqualTo("pong".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aPortThatNothingListensOnIsNotFound() throws IOException {
    int free;
    try (ServerSocket server = new ServerSocket(0)) {
      free = server.getLocalPort();
    }
    assertThatThrownBy(() -> client.dial("", free, Duration.ofSeconds(10)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.forward(free)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void portsAndFiguresAreTold() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(client.ports()).contains(new ListeningPort(server.getLocalPort(), true));
    }
    assertThat(client.metrics().diskTotalBytes()).isPositive();
  }

  @Test
  void aLargeFileGoesBothWaysQuickly() throws IOException {
    byte[] content = new byte[100 << 20];
    String path = agent.directory.resolve("large").toString();
    client.write(path, new ByteArrayInputStream(content), new WriteOptions(0, false));
    long start = System.nanoTime();
    client.write(path, new ByteArrayInputStream(content), new WriteOptions(0, false));
    try (FileDownload download = client.read(path, 0, 0)) {
      assertThat(download.body().transferTo(OutputStream.nullOutputStream()))
          .isEqualTo(content.length);
    }
    Duration both = Duration.ofNanos(System.nanoTime() - start);
    client.remove(path, false);
    assertThat(both).isLessThan(Duration.ofSeconds(5));
  }

  private static Outcome run(Command command, ExecOptions options) {
    try (Execution execution = client.exec(command, options)) {
      return drain(execution);
    }
  }

  private static Outcome followed(RecordedOutput output) {
    try (output) {
      Collected collected = new Collected();
      while (!collected.take(output.next())) {}
      return collected.outcome();
    }
  }

  private static Outcome drain(Execution execution) {
    Collected collected = new Collected();
    while (!collected.take(execution.next())) {}
    return collected.outcome();
  }

  private record Outcome(String out, String err, Exited exit) {}

  /** Gathers events until the last. */
  private static final class Collected {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Exited exit = new Exited(0, 0, false, false, 0);

    boolean take(OutputEvent event) {
      switch (event) {
        case Stdout(byte[] data) -> out.writeBytes(data);
        case Stderr(byte[] data) -> err.writeBytes(data);
        case Exited end -> exit = end;
      }
      return event instanceof Exited;
    }

    Outcome outcome() {
      return new Outcome(
          out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), exit);
    }
  }

  /** Gives some bytes, and then breaks. */
  private static final class BrokenBody extends InputStream {
    private int left = 500_000;

    @Override
    public int read() {
      throw new AssertionError("single bytes are not asked for");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("cut off");
      }
      int size = Math.min(left, length);
      left -= size;
      return size;
    }
  }
}
