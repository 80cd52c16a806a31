package dev.paddock.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.cli.PaddockCli;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands that make something say of the runtime, to a server that takes everything. */
class RuntimeOptionTest {
  private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSandboxIsAskedForInTheRuntimeThatIsNamed() {
    assertThat(run("create", "--runtime", "runc")).isZero();

    assertThat(requests)
        .singleElement()
        .matches(body -> body.path("runtime").asString().equals("runc"));
  }

  @Test
  void aSnapshotIsAskedForWithTheRuntimeOfItsSandboxes() {
    assertThat(run("image", "build", "cautious", "--image", "debian:13", "--runtime", "runc"))
        .isZero();

    assertThat(requests)
        .singleElement()
        .matches(body -> body.path("runtime").asString().equals("runc"));
  }

  @Test
  void withoutTheOptionTheServerDecides() {
    assertThat(run("create")).isZero();
    assertThat(run("image", "build", "usual", "--image", "debian:13")).isZero();

    assertThat(requests).hasSize(2).noneMatch(body -> body.has("runtime"));
  }

  private int run(String... words) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return PaddockCli.commandLine()
        .execute(
            Stream.concat(Stream.of(words), Stream.of("--api-url", url, "--api-key", "key"))
                .toArray(String[]::new));
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("POST")) {
      requests.add(JsonMapper.shared().readTree(body));
    }
    boolean sandbox = exchange.getRequestURI().getPath().startsWith("/sandbox");
    byte[] answer =
        ("{\"id\":\"1\",\"name\":\"1\",\"toolboxProxyUrl\":\"http://localhost\",\"state\":\""
                + (sandbox ? "started" : "active")
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
