package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ApiPagesTest {
  record Thing(String id, Optional<Integer> size, @Nullable Instant seen, List<Part> parts) {}

  record Part(Map<String, String> labels, boolean whole) {}

  private static WebServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    Operation operation =
        Operation.of("getThing", "things", "Get a thing")
            .query("verbose", Boolean.class, "More of it")
            .answers(200, Thing.class);
    RouteGroup group =
        RouteGroup.secured("/api", ErrorStyle.API, e -> new Principal("a", "b", Set.of()))
            .routes(List.of(Route.get("/things/{id}", operation, e -> Answer.empty(204))));
    server =
        WebServer.start(
            "127.0.0.1",
            0,
            WebLimits.defaults(),
            List.of(group, ApiPages.about("Things", "1.2", List.of(group))));
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theDocumentDescribesRoutesParametersAndRecords() throws Exception {
    assertThat(client.get("/api-json").body())
        .contains("\"openapi\":\"3.0.0\"")
        .contains("\"/api/things/{id}\":{\"get\":{\"operationId\":\"getThing\"")
        .contains("{\"in\":\"path\",\"name\":\"id\",\"required\":true")
        .contains("\"name\":\"verbose\",\"required\":false,\"schema\":{\"type\":\"boolean\"}")
        .contains("\"security\":[{\"bearer\":[]}]")
        .contains("\"required\":[\"id\",\"seen\",\"parts\"]")
        .contains("\"nullable\":true");
  }

  @Test
  void thePageLoadsOnlyWhatTheServerHas() throws Exception {
    HttpResponse<String> page = client.get("/docs");
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js")) {
      assertThat(client.get("/docs/" + file).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoOpensTheAddressOfTheServerOrOfTheApiIsLedToThePage() throws Exception {
    for (String path : List.of("/", "/api")) {
      HttpResponse<String> answer = client.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).as(path).hasValue("/docs");
    }
  }

  @Test
  void noOtherFileIsServed() throws Exception {
    assertThat(client.get("/docs/..%2Fpom.properties").statusCode()).isEqualTo(404);
  }
}
