package dev.paddock.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ApiClientTest {
  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private HttpServer server;
  private ApiClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    client = new ApiClient(new Endpoint(base, "dtn_key"), Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyRequestCarriesTheKey() {
    answer("/thing", 200, "{\"a\":1}");

    assertThat(client.get("/thing").path("a").asInt()).isEqualTo(1);
    assertThat(authorization.get()).isEqualTo("Bearer dtn_key");
  }

  @Test
  void aRefusalShowsTheServersOwnMessage() {
    answer("/thing", 409, "{\"statusCode\":409,\"message\":\"The name is taken\"}");

    assertThatThrownBy(() -> client.get("/thing"))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.FAILED))
        .hasMessage("The name is taken (HTTP 409)");
  }

  @Test
  void aRefusedWebSocketShowsTheServersOwnMessage() {
    answer("/stream", 409, "{\"statusCode\":409,\"message\":\"The sandbox is stopped\"}");

    assertThatThrownBy(() -> client.webSocket("/stream", new WebSocket.Listener() {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("The sandbox is stopped (HTTP 409)");
  }

  @Test
  void whatDoesNotExistHasAnExitStatusOfItsOwn() {
    answer("/thing", 404, "{\"message\":\"Sandbox x not found\"}");

    assertThatThrownBy(() -> client.get("/thing"))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.NOT_FOUND));
  }

  @Test
  void anAnswerThatIsNotJsonIsSaidToBeNone() {
    answer("/thing", 200, "<html>");

    assertThatThrownBy(() -> client.get("/thing"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void aServerThatDoesNotRunSaysHowToStartIt() {
    server.stop(0);

    assertThatThrownBy(() -> client.get("/thing"))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.UNREACHABLE))
        .hasMessageContaining("paddock up");
  }

  @Test
  @Timeout(10)
  void anAnswerThatStopsInTheMiddleFails() {
    server.createContext(
        "/thing",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });

    assertThatThrownBy(() -> client.get("/thing"))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.UNREACHABLE))
        .hasMessageContaining("no data came for 1 seconds");
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
