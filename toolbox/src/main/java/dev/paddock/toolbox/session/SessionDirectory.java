package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.web.ClientVersion;
import java.time.Duration;
import java.util.Optional;

/** Where a new session starts: the work dir, but the home directory for clients before 0.103. */
final class SessionDirectory {
  /** How long the agent may take to tell of itself. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private SessionDirectory() {}

  /** The directory for {@link AgentClient#createSession}; empty means the work dir. */
  static String of(Optional<ClientVersion> client, AgentClient agent) {
    return client.filter(version -> version.isBefore(0, 103)).isPresent()
        ? agent.hello(ANSWER).homeDir()
        : "";
  }
}
