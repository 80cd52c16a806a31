package dev.paddock.engine.agent;

import dev.paddock.engine.host.ChildProcess;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.engine.host.UnixListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The agent's own program, run as an ordinary process of the host. */
final class RealAgent implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  final Path directory;
  final AgentClient client;
  private final ChildProcess process;

  RealAgent() {
    try {
      directory = Files.createTempDirectory("real-agent");
      Path socket = directory.resolve("socket");
      try (Fd listener = UnixListener.listen(socket, 128)) {
        process =
            ChildProcess.start(
                List.of(System.getProperty("paddock.agent")),
                Map.of("PATH", "/usr/bin:/bin"),
                listener);
      }
      client = new AgentClient(new AgentConnections(socket));
      client.hello(START);
      client.configure(
          new AgentConfiguration(
              Map.of("PATH", "/usr/bin:/bin", "GREETING", "hello", "HOME", directory.toString()),
              "",
              directory.toString(),
              "",
              List.of()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.finish(Duration.ZERO);
    process.close();
    TreeRemoval.removeHostile(directory);
  }
}
