package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.model.failure.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Starts what a {@code start} frame asks for. */
final class ExecStart {
  private ExecStart() {}

  static Execution start(AgentClient agent, ExecFrame.Start start) {
    int seconds = Objects.requireNonNullElse(start.timeout(), 0);
    if (seconds < 0) {
      throw new InvalidException("timeout must be 0 or more seconds");
    }
    boolean stdin = Boolean.TRUE.equals(start.stdin());
    return agent.exec(command(start), new ExecOptions(Duration.ofSeconds(seconds), stdin, false));
  }

  private static Command command(ExecFrame.Start start) {
    Command command =
        program(start)
            .withCwd(Objects.requireNonNullElse(start.cwd(), ""))
            .withEnv(Environment.require(start.env()))
            .withUser(Objects.requireNonNullElse(start.user(), ""));
    ExecFrame.Terminal terminal = start.terminal();
    return terminal == null
        ? command
        : command.withTerminal(TerminalLimits.require(terminal.columns(), terminal.rows()));
  }

  private static Command program(ExecFrame.Start start) {
    List<String> argv = Objects.requireNonNullElse(start.argv(), List.of());
    String text = Objects.requireNonNullElse(start.command(), "");
    boolean loginShell = start.terminal() != null && argv.isEmpty() && text.isBlank();
    if (argv.isEmpty() == text.isBlank() && !loginShell) {
      throw new InvalidException("name either argv or command, or a terminal for a login shell");
    }
    return text.isBlank() ? Command.argv(argv.toArray(String[]::new)) : Command.shell(text);
  }
}
