package dev.paddock.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import dev.paddock.engine.agent.wire.Exit;
import dev.paddock.engine.agent.wire.HelloReply;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.engine.agent.wire.Started;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connections to an agent that counts them. */
class AgentConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int RESPONSE = 2;
  private static final int EXIT = 9;

  private final AtomicInteger accepted = new AtomicInteger();

  @Test
  void oneServesOneOperationAfterTheOther() throws IOException {
    try (FakeAgent agent = new FakeAgent(connection -> answerAll(connection, hello()))) {
      AgentClient client = agent.client();
      client.hello(PATIENCE);
      client.hello(PATIENCE);

      assertThat(accepted).hasValue(1);
    }
  }

  @Test
  void oneThatTheAgentClosedIsReplaced() throws IOException {
    try (FakeAgent agent = new FakeAgent(connection -> answerOnce(connection, hello()))) {
      AgentClient client = agent.client();
      client.hello(PATIENCE);
      client.hello(PATIENCE);

      assertThat(accepted).hasValue(2);
    }
  }

  @Test
  void oneThatWasUnusedForAWhileIsClosed() throws IOException {
    try (FakeAgent agent = new FakeAgent(connection -> answerAll(connection, hello()));
        AgentConnections connections = new AgentConnections(agent.socket())) {
      AgentClient client = new AgentClient(connections);
      client.hello(PATIENCE);
      connections.closeUnusedFor(PATIENCE);
      client.hello(PATIENCE);
      connections.closeUnusedFor(Duration.ZERO);
      client.hello(PATIENCE);

      assertThat(accepted).hasValue(2);
    }
  }

  @Test
  void oneOnWhichTheAgentSaidTooMuchIsNotUsedAgain() throws IOException {
    byte[] twice = concatenated(hello(), hello());
    try (FakeAgent agent = new FakeAgent(connection -> answerAll(connection, twice))) {
      AgentClient client = agent.client();
      client.hello(PATIENCE);
      client.hello(PATIENCE);

      assertThat(accepted).hasValue(2);
    }
  }

  @Test
  void aCommandThatIsClosedAgainDoesNotHurtTheNextOne() throws IOException {
    byte[] ended =
        concatenated(
            frame(RESPONSE, Response.newBuilder().setStarted(Started.getDefaultInstance()).build()),
            frame(EXIT, Exit.getDefaultInstance()));
    ExecOptions options = new ExecOptions(Duration.ZERO, false, true);
    try (FakeAgent agent = new FakeAgent(connection -> answerAll(connection, ended))) {
      AgentClient client = agent.client();
      Execution first = client.exec(Command.shell("true"), options);
      first.next();
      first.close();
      Execution second = client.exec(Command.shell("true"), options);
      first.close();

      assertThat(second.next()).isInstanceOf(OutputEvent.Exited.class);
      assertThat(accepted).hasValue(1);
    }
  }

  private void answerAll(SocketChannel connection, byte[] answer) throws IOException {
    accepted.incrementAndGet();
    while (connection.read(ByteBuffer.allocate(1 << 16)) > 0) {
      FakeAgent.write(connection, answer);
    }
  }

  private void answerOnce(SocketChannel connection, byte[] answer) throws IOException {
    accepted.incrementAndGet();
    connection.read(ByteBuffer.allocate(1 << 16));
    FakeAgent.write(connection, answer);
  }

  private static byte[] hello() {
    HelloReply reply = HelloReply.newBuilder().setVersion(1).setBootId("1").build();
    return frame(RESPONSE, Response.newBuilder().setHello(reply).build());
  }

  private static byte[] frame(int kind, MessageLite message) {
    return FakeAgent.frame(kind, message.toByteArray());
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
