package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.TerminalSize;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.process.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts login shells in terminals. */
final class PtyStart {
  /** Takes the sandbox user's shell as other commands do, in any image that has an sh. */
  private static final String SHELL =
      """
      for shell in /usr/bin/zsh /bin/zsh /usr/bin/bash /bin/bash; do
        while read -r line; do
          [ "$line" = "$shell" ] && [ -x "$shell" ] && exec "$shell" -i -l
        done 2>/dev/null </etc/shells
      done
      exec "${SHELL:-/bin/sh}" -i -l
      """;

  private PtyStart() {}

  /** Starts what is asked for and gives its id. */
  static String start(AgentClient agent, PtyCreateRequest request) {
    if (request.id().isBlank()) {
      throw new InvalidException("id is required");
    }
    TerminalSize size =
        PtySize.require(
            orDefault(request.cols(), PtySize.DEFAULT.columns()),
            orDefault(request.rows(), PtySize.DEFAULT.rows()));
    Map<String, String> environment = new HashMap<>(Environment.require(request.envs()));
    environment.putIfAbsent("TERM", "xterm-256color");
    Command command =
        Command.argv("/bin/sh", "-c", SHELL)
            .withCwd(Objects.requireNonNullElse(request.cwd(), ""))
            .withEnv(environment)
            .withTerminal(size);
    return agent.startProcess(request.id(), command, Boolean.TRUE.equals(request.lazyStart())).id();
  }

  private static int orDefault(@Nullable Integer given, int otherwise) {
    return given == null || given == 0 ? otherwise : given;
  }
}
