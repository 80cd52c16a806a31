package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.FakeAgent;
import dev.paddock.engine.agent.wire.FileInfo;
import dev.paddock.engine.agent.wire.Found;
import dev.paddock.engine.agent.wire.FoundList;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.toolbox.testing.HostileToolbox;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostileSearchTest {
  private static final int RESPONSE = 2;
  private static final int DATA = 6;
  private static final int END = 7;
  private static final int BATCH = 1000;

  @ParameterizedTest
  @ValueSource(strings = {"/files/find?path=.&pattern=x", "/files/search?path=.&pattern=x"})
  void anyNumberOfResultsIsAnswered(String search) throws Exception {
    try (HostileToolbox toolbox =
        new HostileToolbox(connection -> {
          find(connection, 250);
          FakeAgent.write(connection, FakeAgent.frame(END, new byte[0]));
        })) {
      var answer = read(send(toolbox, search));

      assertThat(answer.isArray() ? answer : answer.path("files")).hasSize(250 * BATCH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/files/find?path=.&pattern=x", "/files/search?path=.&pattern=x"})
  void aSearchThatBreaksInTheMiddleIsNoShorterList(String search) throws Exception {
    try (HostileToolbox toolbox = new HostileToolbox(connection -> find(connection, 100))) {
      assertThatThrownBy(() -> send(toolbox, search)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSearchThatBreaksEarlyHasTheStatusOfItsFailure() throws Exception {
    try (HostileToolbox toolbox = new HostileToolbox(connection -> find(connection, 0))) {
      HttpResponse<String> answer = send(toolbox, "/files/search?path=.&pattern=x");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(read(answer).path("message").asString()).contains("ended the connection");
    }
  }

  @Test
  void aClientThatLeavesASearchWithoutResultsEndsIt() throws Exception {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    try (HostileToolbox toolbox =
        new HostileToolbox(connection -> {
          find(connection, 0);
          begun.complete(true);
          try {
            FakeAgent.request(connection);
          } finally {
            ended.complete(true);
          }
        })) {
      var answer =
          toolbox
              .http()
              .sendAsync(toolbox.get("/files/search?path=.&pattern=x"), BodyHandlers.discarding());
      begun.get(10, TimeUnit.SECONDS);
      assertThat(ended).isNotDone();

      answer.cancel(true);

      assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static HttpResponse<String> send(HostileToolbox toolbox, String path) throws Exception {
    return toolbox.http().send(toolbox.get(path), BodyHandlers.ofString());
  }

  /** Finds so many batches, and does not say that it has ended. */
  private static void find(SocketChannel connection, int batches) throws IOException {
    FakeAgent.request(connection);
    FileInfo.Builder file = FileInfo.newBuilder().setName("d");
    FakeAgent.write(
        connection,
        FakeAgent.frame(RESPONSE, Response.newBuilder().setFile(file).build().toByteArray()));
    Found found = Found.newBuilder().setPath("x").setLine(1).setContent("x").build();
    FoundList list = FoundList.newBuilder().addAllFound(Collections.nCopies(BATCH, found)).build();
    for (int i = 0; i < batches; i++) {
      FakeAgent.write(connection, FakeAgent.frame(DATA, list.toByteArray()));
    }
  }
}
