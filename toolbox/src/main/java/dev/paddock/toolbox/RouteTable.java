package dev.paddock.toolbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import dev.paddock.web.WebSocketConnection;
import dev.paddock.web.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;

/** Collects the toolbox's routes. Each handler gets the agent of the sandbox in the path. */
public final class RouteTable {
  private static final String SANDBOX = "sandboxId";

  private final Sandboxes sandboxes;
  private final Activity activity;
  private final List<Route> routes = new ArrayList<>();
  private final List<Route> signable = new ArrayList<>();
  private final List<WebSocketRoute> sockets = new ArrayList<>();

  RouteTable(Sandboxes sandboxes, Activity activity) {
    this.sandboxes = sandboxes;
    this.activity = activity;
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Those that a signed URL opens, too. */
  List<Route> signable() {
    return List.copyOf(signable);
  }

  List<WebSocketRoute> sockets() {
    return List.copyOf(sockets);
  }

  /** Adds a GET route. */
  public void get(String path, Operation operation, SandboxHandler handler) {
    routes.add(Route.get(path, operation, exchange -> handle(exchange, handler)));
  }

  /** Adds a POST route. */
  public void post(String path, Operation operation, SandboxHandler handler) {
    routes.add(Route.post(path, operation, exchange -> handle(exchange, handler)));
  }

  /** Adds a GET route that a signed URL opens, too. */
  public void signableGet(String path, Operation operation, SandboxHandler handler) {
    signable.add(Route.get(path, operation, exchange -> handle(exchange, handler)));
  }

  /** Adds a POST route that a signed URL opens, too. */
  public void signablePost(String path, Operation operation, SandboxHandler handler) {
    signable.add(Route.post(path, operation, exchange -> handle(exchange, handler)));
  }

  /** Adds a DELETE route. */
  public void delete(String path, Operation operation, SandboxHandler handler) {
    routes.add(Route.delete(path, operation, exchange -> handle(exchange, handler)));
  }

  /** Adds a WebSocket endpoint. */
  public void socket(String path, SandboxSocket socket) {
    sockets.add(
        new WebSocketRoute(
            path,
            handshake -> socket.check(agent(handshake), handshake),
            connection -> converse(connection, socket)));
  }

  private Answer handle(Exchange exchange, SandboxHandler handler) throws Exception {
    AgentClient agent = agent(exchange);
    Activity.Use use = activity.begin(exchange, exchange.pathParam(SANDBOX));
    boolean lasts = false;
    try {
      Answer answer = handler.handle(agent, exchange);
      if (answer instanceof Answer.Streamed streamed) {
        lasts = true;
        return whileSent(streamed, use);
      }
      return answer;
    } finally {
      if (!lasts) {
        use.close();
      }
    }
  }

  private static Answer whileSent(Answer.Streamed answer, Activity.Use use) {
    return new Answer.Streamed(
        answer.status(),
        answer.contentType(),
        answer.length(),
        out -> {
          try (use) {
            answer.body().writeTo(out);
          }
        },
        answer.headers());
  }

  private void converse(WebSocketConnection connection, SandboxSocket socket) throws Exception {
    Exchange handshake = connection.handshake();
    try (Activity.Use _ = activity.begin(handshake, handshake.pathParam(SANDBOX))) {
      socket.open(agent(handshake), connection);
    }
  }

  private AgentClient agent(Exchange exchange) {
    return sandboxes.open(exchange.principal(), exchange.pathParam(SANDBOX));
  }
}
