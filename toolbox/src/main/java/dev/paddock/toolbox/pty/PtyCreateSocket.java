package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.SandboxSocket;
import dev.paddock.web.Exchange;
import dev.paddock.web.WebSocketConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a terminal and views it in one step, as clients from 0.218 do: the request is in the query,
 * its environment in a sub-protocol token.
 */
final class PtyCreateSocket implements SandboxSocket {
  private static final String ENVIRONMENT = "X-Daytona-Pty-Envs~";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public void open(AgentClient agent, WebSocketConnection connection) throws Exception {
    new PtyViewer(connection)
        .view(() -> PtyStart.start(agent, request(connection.handshake())), agent);
  }

  private static PtyCreateRequest request(Exchange handshake) {
    return new PtyCreateRequest(
        handshake.query("id").orElse(""),
        handshake.query("cwd").orElse(null),
        environment(handshake),
        number(handshake, "cols"),
        number(handshake, "rows"),
        true);
  }

  private static @Nullable Integer number(Exchange handshake, String name) {
    String text = handshake.query(name).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new InvalidException(name + " must be a number");
    }
    return Integer.valueOf(text);
  }

  private static Map<String, String> environment(Exchange handshake) {
    for (String token : PtyProtocols.offered(handshake)) {
      if (token.startsWith(ENVIRONMENT)) {
        return decode(token.substring(ENVIRONMENT.length()));
      }
    }
    return Map.of();
  }

  private static Map<String, String> decode(String token) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
    } catch (IllegalArgumentException | JacksonException malformed) {
      throw new InvalidException(
          "the environment must be a JSON object of texts in base64url", malformed);
    }
  }
}
