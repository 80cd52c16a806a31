package dev.paddock.toolbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.web.Exchange;
import dev.paddock.web.WebSocketConnection;

/** What a toolbox WebSocket does with a connection to a sandbox that the caller may use. */
public interface SandboxSocket {
  /** Looks at the handshake before it is answered; a failure becomes an ordinary error answer. */
  default void check(AgentClient agent, Exchange handshake) {}

  /** Leads the conversation; the connection is closed when this returns. */
  void open(AgentClient agent, WebSocketConnection connection) throws Exception;
}
