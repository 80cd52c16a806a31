package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.engine.agent.ProcessInfo;
import dev.paddock.engine.agent.RecordedOutput;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One piece of code in a context, from the request to its end. Used once, by one thread. */
final class Run implements AutoCloseable {
  /** What one message to the agent may carry with some room. */
  private static final int CHUNK = 512 * 1024;

  private final String name = UUID.randomUUID().toString();
  private final RunStream stdout = new RunStream(name);
  private final RunStream stderr = new RunStream(name);
  private final AgentClient agent;
  private final ProcessInfo process;
  private final RecordedOutput output;

  private record Request(String run, String code, Map<String, String> envs) {}

  Run(AgentClient agent, ProcessInfo process) {
    this.agent = agent;
    this.process = process;
    this.output = agent.readProcessOutput(process.id(), process.outputBytes(), true);
  }

  /** Asks the interpreter to run it. */
  void request(RunRequest request) {
    String json = Json.text(new Request(name, request.code(), request.variables()));
    // The line before ends one that somebody else may have left unfinished.
    byte[] line = ("\n" + json + "\n").getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < line.length; from += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(line, from, Math.min(from + CHUNK, line.length));
      agent.writeProcessInput(process.id(), chunk, false);
    }
  }

  /**
   * Waits for what comes next, which may be empty output.
   *
   * @throws PaddockException also when {@link #close} was called meanwhile
   */
  OutputEvent next() {
    return switch (output.next()) {
      case OutputEvent.Stdout(byte[] data) -> new OutputEvent.Stdout(stdout.take(data));
      case OutputEvent.Stderr(byte[] data) -> new OutputEvent.Stderr(stderr.take(data));
      case OutputEvent.Exited end -> end;
    };
  }

  /** Whether the interpreter works on it, or has. */
  boolean hasBegun() {
    return stdout.hasBegun() || stderr.hasBegun();
  }

  /** How it ended, once all its output is there. */
  Optional<RunEnd> end() {
    return stderr.end().flatMap(_ -> stdout.end()).map(RunEnd::parse);
  }

  @Override
  public void close() {
    output.close();
  }
}
