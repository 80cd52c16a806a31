package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.RecordedOutput;

/** The recorded output of one session command, which can be read any number of times. */
record CommandLog(AgentClient agent, String sessionId, String commandId) {
  /** Opens it at an offset; with {@code follow} it ends when the command has ended. */
  RecordedOutput open(long offset, boolean follow) {
    return agent.readSessionOutput(sessionId, commandId, offset, follow);
  }
}
