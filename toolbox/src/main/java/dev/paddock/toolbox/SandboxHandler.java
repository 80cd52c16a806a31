package dev.paddock.toolbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;

/** What a toolbox route does with a request to a sandbox that the caller may use and that runs. */
@FunctionalInterface
public interface SandboxHandler {
  Answer handle(AgentClient agent, Exchange exchange) throws Exception;
}
