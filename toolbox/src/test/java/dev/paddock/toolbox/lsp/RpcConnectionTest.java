package dev.paddock.toolbox.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.toolbox.testing.TestToolbox;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/** With a program that reads nothing of what it is told. */
class RpcConnectionTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final CountDownLatch ended = new CountDownLatch(1);

  @Test
  void aQuestionThatIsNotReadInTimeEndsTheProgram() throws InterruptedException {
    try (RpcConnection connection = deaf(Duration.ofHours(1))) {
      assertEndsWithin(() -> connection.request("question", large(), PATIENCE));
    }
  }

  @Test
  void newsThatAreNotReadInTimeEndTheProgram() throws InterruptedException {
    try (RpcConnection connection = deaf(PATIENCE)) {
      assertEndsWithin(() -> connection.inform("news", large()));
    }
  }

  private void assertEndsWithin(Runnable message) throws InterruptedException {
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(message::run)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the language server is gone: it does not read what it is told"));
    assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
  }

  private RpcConnection deaf(Duration patience) {
    AgentClient agent = new AgentClient(new AgentConnections(TOOLBOX.agentSocket()));
    Command command = Command.argv("sleep", "1000");
    return new RpcConnection(
            agent.exec(command, new ExecOptions(Duration.ZERO, true, false)),
            patience,
            ended::countDown)
        .listen();
  }

  private static ObjectNode large() {
    return RpcConnection.object().put("text", "x".repeat(16 << 20));
  }
}
