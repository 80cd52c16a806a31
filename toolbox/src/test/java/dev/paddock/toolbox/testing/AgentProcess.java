package dev.paddock.toolbox.testing;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The agent as an ordinary process of this machine. */
final class AgentProcess implements AutoCloseable {
  /** Makes the listening socket that the agent inherits as descriptor 3, then becomes the agent. */
  private static final String LAUNCHER =
      """
      import os, socket, sys
      listener = socket.socket(socket.AF_UNIX)
      listener.bind(sys.argv[1])
      listener.listen(128)
      os.dup2(listener.fileno(), 3)
      os.set_inheritable(3, True)
      os.write(1, b"listening\\n")
      os.execv(sys.argv[2], [sys.argv[2]])
      """;

  private final Process process;
  private final Path socket;

  private AgentProcess(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  static AgentProcess start(Path directory) throws IOException {
    Path socket = directory.resolve("agent.sock");
    Process process =
        new ProcessBuilder(
                "python3", "-c", LAUNCHER, socket.toString(), System.getProperty("paddock.agent"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader().readLine();
    if (!"listening".equals(line)) {
      throw new IOException("The agent did not start: " + line);
    }
    return new AgentProcess(process, socket);
  }

  Path socket() {
    return socket;
  }

  AgentClient client() {
    return new AgentClient(new AgentConnections(socket));
  }

  /** Ends the agent and all that it started. */
  @Override
  public void close() {
    try {
      client().shutdown(Duration.ofSeconds(1));
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }
}
