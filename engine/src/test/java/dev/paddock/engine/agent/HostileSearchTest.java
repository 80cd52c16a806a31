package dev.paddock.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.wire.FileInfo;
import dev.paddock.engine.agent.wire.Found;
import dev.paddock.engine.agent.wire.FoundList;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileSearchTest {
  private static final int RESPONSE = 2;
  private static final int STDOUT = 4;
  private static final int DATA = 6;
  private static final int BATCH = 1000;

  @Test
  void resultsWithoutEndAreReadOneBatchAtATime() throws IOException {
    byte[] batch = batch();
    try (FakeAgent agent =
            new FakeAgent(connection -> {
              FakeAgent.request(connection);
              FakeAgent.write(connection, agreed());
              while (true) {
                FakeAgent.write(connection, batch);
              }
            });
        SearchResults<String> results = agent.client().findNames("/", "*")) {
      for (int i = 0; i < 3_000_000; i++) {
        assertThat(results.next()).isEqualTo("name");
      }
    }
  }

  @Test
  void oneThatHangsUpIsNoEnd() throws IOException {
    assertFailsAfterABatch(new byte[0], "ended the connection");
  }

  @Test
  void oneThatStopsInTheMiddleOfABatchIsNoEnd() throws IOException {
    assertFailsAfterABatch(FakeAgent.frame(DATA, 100, new byte[10]), "broke");
  }

  @Test
  void aFrameOutOfPlaceIsABreachOfTheProtocol() throws IOException {
    assertFailsAfterABatch(FakeAgent.frame(STDOUT, new byte[1]), "a frame out of place");
  }

  @Test
  void whatIsNoBatchIsABreachOfTheProtocol() throws IOException {
    assertFailsAfterABatch(FakeAgent.frame(DATA, new byte[] {-1}), "a message that cannot be read");
  }

  @Test
  void closingEndsAReaderThatWaits() throws Exception {
    try (FakeAgent agent =
        new FakeAgent(connection -> {
          FakeAgent.request(connection);
          FakeAgent.write(connection, agreed());
          FakeAgent.request(connection);
        })) {
      SearchResults<String> results = agent.client().findNames("/", "*");
      Thread closer = Thread.ofVirtual().start(results::close);

      assertThatThrownBy(results::hasNext).isInstanceOf(UnavailableException.class);
      closer.join();
    }
  }

  private static void assertFailsAfterABatch(byte[] next, String words) throws IOException {
    try (FakeAgent agent =
            new FakeAgent(connection -> {
              FakeAgent.request(connection);
              FakeAgent.write(connection, agreed());
              FakeAgent.write(connection, batch());
              FakeAgent.write(connection, next);
            });
        SearchResults<String> results = agent.client().findNames("/", "*")) {
      for (int i = 0; i < BATCH; i++) {
        assertThat(results.next()).isEqualTo("name");
      }
      assertThatThrownBy(results::hasNext)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(words);
    }
  }

  private static byte[] agreed() {
    FileInfo.Builder file = FileInfo.newBuilder().setName("d");
    return FakeAgent.frame(RESPONSE, Response.newBuilder().setFile(file).build().toByteArray());
  }

  private static byte[] batch() {
    Found found = Found.newBuilder().setPath("name").build();
    FoundList list = FoundList.newBuilder().addAllFound(Collections.nCopies(BATCH, found)).build();
    return FakeAgent.frame(DATA, list.toByteArray());
  }
}
