package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.TerminalSize;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.process.Environment;
import dev.paddock.toolbox.process.TerminalLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts login shells in terminals. */
final class PtyStart {
  private PtyStart() {}

  /** Starts what is asked for and gives its id. */
  static String start(AgentClient agent, PtyCreateRequest request) {
    if (request.id().isBlank()) {
      throw new InvalidException("id is required");
    }
    TerminalSize size =
        TerminalLimits.require(
            orDefault(request.cols(), TerminalLimits.DEFAULT.columns()),
            orDefault(request.rows(), TerminalLimits.DEFAULT.rows()));
    Map<String, String> environment = new HashMap<>(Environment.require(request.envs()));
    environment.putIfAbsent("TERM", "xterm-256color");
    // A terminal without a program gets the login shell of the sandbox's user.
    Command command =
        Command.argv(new String[0])
            .withCwd(Objects.requireNonNullElse(request.cwd(), ""))
            .withEnv(environment)
            .withTerminal(size);
    return agent.startProcess(request.id(), command, Boolean.TRUE.equals(request.lazyStart())).id();
  }

  private static int orDefault(@Nullable Integer given, int otherwise) {
    return given == null || given == 0 ? otherwise : given;
  }
}
