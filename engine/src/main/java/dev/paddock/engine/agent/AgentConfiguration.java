package dev.paddock.engine.agent;

import java.util.List;
import java.util.Map;

/**
 * What an agent is told once it is up.
 *
 * @param env the environment of every command
 * @param user name or id, optionally with {@code :group}; empty means root
 * @param workDir where commands run that name no directory; empty means the user's home
 * @param hostname the sandbox's host name; empty leaves it
 * @param entrypoint started in the session {@code entrypoint}; may be empty
 */
public record AgentConfiguration(
    Map<String, String> env,
    String user,
    String workDir,
    String hostname,
    List<String> entrypoint) {
  public AgentConfiguration {
    env = Map.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
  }
}
