package dev.paddock.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.wire.Error;
import dev.paddock.engine.agent.wire.Exit;
import dev.paddock.engine.agent.wire.FileInfo;
import dev.paddock.engine.agent.wire.FileList;
import dev.paddock.engine.agent.wire.Ok;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.engine.agent.wire.Started;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostileAgentTest {
  private static final int RESPONSE = 2;
  private static final int STDOUT = 4;
  private static final int DATA = 6;
  private static final int EXIT = 9;
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final ExecOptions PLAIN = new ExecOptions(Duration.ZERO, false, false);

  @Test
  void aSocketThatIsNotThereFailsAtOnce() {
    AgentClient client = new AgentClient(new AgentConnections(Path.of("/nowhere/agent.sock")));
    assertUnavailable(() -> client.hello(Duration.ofHours(1)), "cannot be reached");
  }

  @Test
  void aPathTooLongForASocketIsUnavailable() {
    AgentClient client = new AgentClient(new AgentConnections(Path.of("/" + "x".repeat(200))));
    assertUnavailable(() -> client.hello(Duration.ofHours(1)), "cannot be reached");
  }

  @Test
  void oneThatNeverAnswersIsGivenUp() throws IOException {
    try (FakeAgent agent = new FakeAgent(HostileAgentTest::stall)) {
      assertUnavailable(() -> agent.client().hello(SHORT), "does not answer");
    }
  }

  @Test
  void oneThatStopsInTheMiddleOfAFrameIsGivenUp() throws IOException {
    try (FakeAgent agent =
        new FakeAgent(connection -> {
          FakeAgent.write(connection, FakeAgent.frame(RESPONSE, 1000, new byte[10]));
          stall(connection);
        })) {
      assertUnavailable(() -> agent.client().hello(SHORT), "does not answer");
    }
  }

  @Test
  void oneThatHangsUpIsUnavailable() throws IOException {
    try (FakeAgent agent = FakeAgent.saying(new byte[0])) {
      assertUnavailable(() -> agent.client().ports(), "ended the connection");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20 | 1, Integer.MAX_VALUE, -1})
  void aFrameTooLongIsABreachOfTheProtocol(int length) throws IOException {
    try (FakeAgent agent = FakeAgent.saying(FakeAgent.frame(RESPONSE, length, new byte[100]))) {
      assertUnavailable(() -> agent.client().metrics(), "broke the protocol");
    }
  }

  @Test
  void anotherAnswerThanWasAskedForIsABreachOfTheProtocol() throws IOException {
    try (FakeAgent agent = FakeAgent.saying(response(ok()))) {
      AgentClient client = agent.client();
      assertUnavailable(() -> client.hello(SHORT), "another answer");
      assertUnavailable(client::sessions, "another answer");
      assertUnavailable(() -> client.exec(Command.argv("true"), PLAIN), "another answer");
      assertUnavailable(() -> client.stat("/"), "another answer");
    }
  }

  @Test
  void garbageIsUnavailableWhateverItSays() throws IOException {
    Random random = new Random(7);
    try (FakeAgent agent =
        new FakeAgent(connection -> {
          byte[] garbage = new byte[random.nextInt(2000)];
          random.nextBytes(garbage);
          FakeAgent.write(connection, garbage);
        })) {
      AgentClient client = agent.client();
      for (int i = 0; i < 300; i++) {
        assertThatThrownBy(client::processes).isInstanceOf(UnavailableException.class);
      }
    }
  }

  @Test
  void garbageBehindARealAnswerEndsACommand() throws IOException {
    byte[] start = response(Response.newBuilder().setStarted(Started.newBuilder().setPid(1)));
    try (FakeAgent agent = FakeAgent.saying(join(start, FakeAgent.frame(77, new byte[3])));
        Execution execution = agent.client().exec(Command.argv("true"), PLAIN)) {
      assertUnavailable(execution::next, "broke the protocol");
    }
  }

  @Test
  void aSandboxThatDiesEndsTheWaitForItsOutput() throws IOException {
    byte[] start = response(Response.newBuilder().setStarted(Started.newBuilder().setPid(1)));
    try (FakeAgent agent = FakeAgent.saying(start);
        Execution execution = agent.client().exec(Command.argv("sleep", "1000"), PLAIN)) {
      assertUnavailable(execution::next, "ended the connection");
    }
  }

  @Test
  void anEndlessStreamOfOutputIsReadOneFrameAtATime() throws IOException {
    byte[] start = response(Response.newBuilder().setStarted(Started.newBuilder().setPid(1)));
    try (FakeAgent agent =
            new FakeAgent(connection -> {
              FakeAgent.write(connection, start);
              while (true) {
                FakeAgent.write(connection, FakeAgent.frame(STDOUT, new byte[1 << 20]));
              }
            });
        Execution execution = agent.client().exec(Command.argv("yes"), PLAIN)) {
      for (int i = 0; i < 200; i++) {
        assertThat(execution.next()).isInstanceOf(OutputEvent.Stdout.class);
      }
    }
  }

  @Test
  void anExitWithACountThatCannotBeIsABreachOfTheProtocol() throws IOException {
    byte[] start = response(Response.newBuilder().setStarted(Started.newBuilder().setPid(1)));
    byte[] exit = FakeAgent.frame(EXIT, Exit.newBuilder().setNextOffset(-1).build().toByteArray());
    try (FakeAgent agent = FakeAgent.saying(join(start, exit));
        Execution execution = agent.client().exec(Command.argv("true"), PLAIN)) {
      assertUnavailable(execution::next, "a count that cannot be");
    }
  }

  @Test
  void aDirectoryWithoutEndIsRefused() throws IOException {
    FileList.Builder entries = FileList.newBuilder();
    IntStream.range(0, 5000).forEach(i -> entries.addFiles(FileInfo.newBuilder().setName("f" + i)));
    byte[] frame = FakeAgent.frame(DATA, entries.build().toByteArray());
    byte[] start = response(Response.newBuilder().setFile(FileInfo.newBuilder().setName("d")));
    try (FakeAgent agent =
        new FakeAgent(connection -> {
          FakeAgent.write(connection, start);
          while (true) {
            FakeAgent.write(connection, frame);
          }
        })) {
      assertThatThrownBy(() -> agent.client().list("/"))
          .isInstanceOf(InvalidException.class)
          .hasMessageContaining("too large");
    }
  }

  @Test
  void moreOfAFileThanWasAskedForIsABreachOfTheProtocol() throws IOException {
    byte[] start = response(Response.newBuilder().setFile(FileInfo.newBuilder().setName("f")));
    byte[] body = FakeAgent.frame(DATA, new byte[6]);
    try (FakeAgent agent = FakeAgent.saying(join(start, join(body, body)));
        FileDownload download = agent.client().read("/f", 0, 11)) {
      assertThat(download.body().readNBytes(6)).hasSize(6);
      assertUnavailable(() -> read(download.body()), "more than it was asked for");
    }
  }

  @Test
  void anEndlessFileIsReadOneFrameAtATime() throws IOException {
    byte[] start = response(Response.newBuilder().setFile(FileInfo.newBuilder().setName("f")));
    byte[] body = FakeAgent.frame(DATA, new byte[1 << 20]);
    try (FakeAgent agent =
            new FakeAgent(connection -> {
              FakeAgent.write(connection, start);
              while (true) {
                FakeAgent.write(connection, body);
              }
            });
        FileDownload download = agent.client().read("/f", 0, 200 << 20)) {
      assertUnavailable(() -> read(download.body()), "more than it was asked for");
    }
  }

  @Test
  void wordsOfTheAgentAreCleanedAndCut() throws IOException {
    Error error =
        Error.newBuilder()
            .setCode(Error.Code.NOT_FOUND)
            .setMessage("no\u0000such\u001b[31m\nfile" + "x".repeat(100_000))
            .build();
    try (FakeAgent agent = FakeAgent.saying(response(Response.newBuilder().setError(error)))) {
      assertThatThrownBy(() -> agent.client().stat("/x"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageStartingWith("no such [31m filex")
          .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(500));
    }
  }

  @Test
  void anUnknownErrorCodeIsUnavailable() throws IOException {
    Error error = Error.newBuilder().setCodeValue(4711).setMessage("odd").build();
    try (FakeAgent agent = FakeAgent.saying(response(Response.newBuilder().setError(error)))) {
      assertUnavailable(() -> agent.client().stat("/x"), "odd");
    }
  }

  @Test
  void anUploadThatIsRefusedEarlyFailsWithTheReason() throws IOException {
    Error error = Error.newBuilder().setCode(Error.Code.NO_SPACE).setMessage("disk full").build();
    try (FakeAgent agent = FakeAgent.saying(response(Response.newBuilder().setError(error)))) {
      assertThatThrownBy(
              () -> agent.client().write("/x", new Endless(), new WriteOptions(0, false)))
          .isInstanceOf(OutOfSpaceException.class)
          .hasMessage("disk full");
    }
  }

  @Test
  void aFullBacklogDelaysAndDoesNotFail() throws Exception {
    try (FakeAgent agent =
        new FakeAgent(connection -> {
          connection.read(ByteBuffer.allocate(1000));
          FakeAgent.write(connection, response(ok()));
        })) {
      AgentClient client = agent.client();
      CountDownLatch done = new CountDownLatch(1000);
      List<Thread> callers =
          IntStream.range(0, 1000)
              .mapToObj(i ->
                  Thread.ofVirtual()
                      .start(() -> {
                        client.changeMode("/x", 0644);
                        done.countDown();
                      }))
              .toList();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(done.getCount()).isZero();
    }
  }

  private static Response.Builder ok() {
    return Response.newBuilder().setOk(Ok.getDefaultInstance());
  }

  private static byte[] response(Response.Builder response) {
    return FakeAgent.frame(RESPONSE, response.build().toByteArray());
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static void read(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the other side gives up. */
  private static void stall(SocketChannel connection) throws IOException {
    ByteBuffer ignored = ByteBuffer.allocate(1000);
    while (connection.read(ignored.clear()) >= 0) {}
  }

  private static void assertUnavailable(Runnable call, String words) {
    assertThatThrownBy(call::run)
        .isInstanceOf(UnavailableException.class)
        .isInstanceOf(PaddockException.class)
        .hasMessageContaining(words);
  }

  /** A body that never ends. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return length;
    }
  }
}
