package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.SessionInfo;
import java.util.List;

/**
 * A session as clients see it.
 *
 * @param sessionId the id that its maker chose
 * @param commands its commands in the order of their start; empty for a new session, never absent
 */
public record Session(String sessionId, List<Command> commands) {
  public Session {
    commands = List.copyOf(commands);
  }

  static Session of(SessionInfo session) {
    return new Session(session.id(), session.commands().stream().map(Command::of).toList());
  }
}
