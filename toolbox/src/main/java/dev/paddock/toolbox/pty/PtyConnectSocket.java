package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.toolbox.SandboxSocket;
import dev.paddock.web.WebSocketConnection;

/** Views a terminal. */
final class PtyConnectSocket implements SandboxSocket {
  @Override
  public void open(AgentClient agent, WebSocketConnection connection) throws Exception {
    PtyViewer viewer = new PtyViewer(connection);
    viewer.view(() -> PtyRoutes.require(agent, PtyRoutes.id(connection.handshake())).id(), agent);
  }
}
