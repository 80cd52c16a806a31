package dev.paddock.engine;

import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.SandboxId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Runs shell text in sandboxes as root of the sandbox. */
final class Shell {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Shell() {}

  /** What the text wrote, standard output and error in order; then its exit code if not 0. */
  static String run(Engine engine, SandboxId id, String text) {
    ExecOptions options = new ExecOptions(LONGEST, false, true);
    try (Execution execution = engine.agent(id).exec(command(text), options)) {
      return drain(execution);
    }
  }

  static Command command(String text) {
    return Command.argv("/bin/sh", "-c", text);
  }

  private static String drain(Execution execution) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    while (true) {
      switch (execution.next()) {
        case OutputEvent.Stdout(byte[] data) -> output.writeBytes(data);
        case OutputEvent.Stderr(byte[] data) -> output.writeBytes(data);
        case OutputEvent.Exited end -> {
          String text = output.toString(StandardCharsets.UTF_8);
          return end.code() == 0 ? text : text + "[exit " + end.code() + "]";
        }
      }
    }
  }
}
