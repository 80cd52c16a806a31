package dev.paddock.toolbox.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.toolbox.testing.CuttingRelay;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @TempDir private Path directory;
  private CuttingRelay relay;
  private AgentClient direct;
  private CommandLog log;

  @BeforeEach
  void startCommand() throws IOException {
    Path socket = directory.resolve("relay.sock");
    relay = new CuttingRelay(socket, TOOLBOX.agentSocket());
    direct = new AgentClient(new AgentConnections(TOOLBOX.agentSocket()));
    direct.createSession("cut", "");
    direct.runInSession("cut", "1", "echo one; read go; echo two >&2; read go; echo three", true);
    log = new CommandLog(new AgentClient(new AgentConnections(socket)), "cut", "1");
  }

  @AfterEach
  void end() throws IOException {
    relay.close();
    direct.deleteSession("cut", Duration.ofSeconds(1));
  }

  @Test
  void connectionsThatBreakAreNotSeen() throws IOException {
    try (LogReader reader = new LogReader(log, true)) {
      assertThat(text(reader.next())).isEqualTo("out one\n");
      relay.cut();
      go();
      assertThat(text(reader.next())).isEqualTo("err two\n");
      relay.cut();
      go();
      assertThat(text(reader.next())).isEqualTo("out three\n");
      assertThat(text(reader.next())).isEqualTo("exit 0");
    }
  }

  @Test
  void closingEndsAReaderThatWaits() throws InterruptedException {
    LogReader reader = new LogReader(log, true);
    assertThat(text(reader.next())).isEqualTo("out one\n");
    Thread closer = Thread.ofVirtual().start(reader::close);

    assertThatThrownBy(reader::next).isInstanceOf(UnavailableException.class);
    closer.join();
  }

  @Test
  void anAgentThatStaysAwayIsToldInTheEnd() throws IOException {
    try (LogReader reader = new LogReader(log, true)) {
      assertThat(text(reader.next())).isEqualTo("out one\n");
      relay.close();

      assertThatThrownBy(reader::next).isInstanceOf(UnavailableException.class);
    }
  }

  private void go() {
    direct.writeSessionInput("cut", "1", "go\n".getBytes(StandardCharsets.UTF_8), false);
  }

  private static String text(OutputEvent event) {
    return switch (event) {
      case OutputEvent.Stdout(byte[] data) -> "out " + new String(data, StandardCharsets.UTF_8);
      case OutputEvent.Stderr(byte[] data) -> "err " + new String(data, StandardCharsets.UTF_8);
      case OutputEvent.Exited end -> "exit " + end.code();
    };
  }
}
