package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.agent.FakeAgent;
import dev.paddock.engine.agent.wire.FileInfo;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.toolbox.testing.HostileToolbox;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileReplacementTest {
  private static final int RESPONSE = 2;
  private static final int DATA = 6;
  private static final int END = 7;
  private static final String REQUEST = "{\"files\":[\"/f\"],\"pattern\":\"a\",\"newValue\":\"b\"}";

  @Test
  void aFileWithoutEndIsLeftAsItIs() throws Exception {
    byte[] frame = FakeAgent.frame(DATA, "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
    try (HostileToolbox toolbox =
        new HostileToolbox(connection -> {
          answerWithFile(connection);
          while (true) {
            FakeAgent.write(connection, frame);
          }
        })) {
      HttpResponse<String> answer =
          toolbox.http().send(toolbox.post("/files/replace", REQUEST), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(read(answer).path(0).path("success").asBoolean()).isFalse();
      assertThat(read(answer).path(0).path("error").asString()).contains("grew by more than");
    }
  }

  @Test
  void aFileThatTricklesEndsWithTheTimeForAllFiles() throws IOException {
    try (FakeAgent agent = new FakeAgent(HostileReplacementTest::trickle)) {
      Replacement replacement = within(Duration.ofMillis(300));

      ReplaceResult first = replacement.in(agent.client(), "/f");
      ReplaceResult second = replacement.in(agent.client(), "/g");

      assertThat(first.error().orElse("")).contains("no time left");
      assertThat(second.error().orElse("")).contains("no time left");
    }
  }

  @Test
  void aNewFileThatIsNeverConfirmedEndsWithTheTime() throws IOException {
    try (FakeAgent agent =
        new FakeAgent(connection -> {
          if (FakeAgent.request(connection).hasWriteFile()) {
            stall(connection);
          }
          FakeAgent.write(connection, fileInfo());
          FakeAgent.write(connection, FakeAgent.frame(DATA, new byte[] {'a'}));
          FakeAgent.write(connection, FakeAgent.frame(END, new byte[0]));
        })) {
      ReplaceResult result = within(Duration.ofMillis(300)).in(agent.client(), "/f");

      assertThat(result.error().orElse("")).contains("no time left");
    }
  }

  @Test
  void aClientThatLeavesEndsTheReplacement() throws Exception {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    try (HostileToolbox toolbox =
        new HostileToolbox(connection -> {
          begun.complete(true);
          try {
            trickle(connection);
          } finally {
            ended.complete(true);
          }
        })) {
      var answer =
          toolbox
              .http()
              .sendAsync(toolbox.post("/files/replace", REQUEST), BodyHandlers.discarding());
      begun.get(10, TimeUnit.SECONDS);
      assertThat(ended).isNotDone();

      answer.cancel(true);

      assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Replacement within(Duration limit) {
    return new Replacement("a", "b", new TimeAllowed(limit));
  }

  private static void trickle(SocketChannel connection) throws IOException {
    answerWithFile(connection);
    while (true) {
      FakeAgent.write(connection, FakeAgent.frame(DATA, new byte[] {'x'}));
      pause();
    }
  }

  private static void answerWithFile(SocketChannel connection) throws IOException {
    FakeAgent.request(connection);
    FakeAgent.write(connection, fileInfo());
  }

  private static byte[] fileInfo() {
    FileInfo.Builder file = FileInfo.newBuilder().setName("f").setSize(10);
    return FakeAgent.frame(RESPONSE, Response.newBuilder().setFile(file).build().toByteArray());
  }

  /** Reads until the other side gives up. */
  private static void stall(SocketChannel connection) throws IOException {
    ByteBuffer ignored = ByteBuffer.allocate(1000);
    while (connection.read(ignored.clear()) >= 0) {}
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
