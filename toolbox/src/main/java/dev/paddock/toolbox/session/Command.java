package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.SessionCommand;
import java.util.Optional;

/**
 * A command of a session as clients see it.
 *
 * @param id chosen by the server
 * @param command its text
 * @param exitCode absent while it runs
 */
public record Command(String id, String command, Optional<Integer> exitCode) {
  static Command of(SessionCommand command) {
    return new Command(
        command.id(),
        command.command(),
        command.running() ? Optional.empty() : Optional.of(command.exitCode()));
  }
}
