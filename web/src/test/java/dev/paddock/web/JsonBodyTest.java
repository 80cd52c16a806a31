package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonBodyTest {
  private static WebServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = SampleServer.start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void absentOptionalsAreLeftOutAndUnknownFieldsIgnored() throws Exception {
    HttpResponse<String> response =
        client.post("/api/people", "{\"name\":\"Ann\",\"age\":7,\"unknown\":[1]}");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"name\":\"Ann\",\"age\":7}");
  }

  @Test
  void anExplicitNullCountsAsAbsent() throws Exception {
    HttpResponse<String> response =
        client.post("/api/people", "{\"name\":\"Ann\",\"age\":7,\"admin\":null}");
    assertThat(response.body()).isEqualTo("{\"name\":\"Ann\",\"age\":7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":5,\"age\":7}|name must be a string",
        "{\"name\":\"a\",\"age\":\"7\"}|age must be an integer",
        "{\"name\":\"a\",\"age\":7.5}|age must be an integer",
        "{\"name\":\"a\",\"age\":99999999999}|age is out of range",
        "{\"name\":\"a\",\"age\":true}|age must be an integer",
        "{\"name\":\"a\",\"age\":7,\"admin\":\"yes\"}|admin must be a boolean",
        "{\"name\":\"a\",\"age\":7,\"address\":[]}|address must be an object",
        "{\"name\":\"a\",\"age\":7,\"address\":{\"city\":{}}}|address.city must be a string",
        "{\"name\":\"a\",\"age\":7,\"address\":{}}|address.city is required",
        "{\"age\":7}|name is required",
        "{\"name\":null,\"age\":7}|name is required",
        "[]|The request body must be an object",
        "\"text\"|The request body must be an object",
        "null|The request body must be an object",
        "{\"name\":|The request body is not valid JSON: line 1, column 9",
        "{} {}|The request body is not valid JSON: line 1, column 4",
      })
  void aWrongBodyIs400ThatSaysWhatIsWrong(String body, String message) throws Exception {
    HttpResponse<String> response = client.post("/api/people", body);
    assertThat(response.body()).endsWith("\"message\":\"" + message + "\"}");
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void anEmptyBodyCountsAsAnEmptyObject() throws Exception {
    assertThat(client.post("/api/people", "").body()).contains("name is required");
  }

  @Test
  void aBodyOverTheLimitIs413() throws Exception {
    String body = "{\"name\":\"" + "x".repeat(1 << 16) + "\",\"age\":7}";
    HttpResponse<String> response = client.post("/api/people", body);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .contains("\"error\":\"PAYLOAD_TOO_LARGE\"")
        .contains("\"message\":\"The request body is longer than 65536 bytes\"");
  }

  @Test
  void aBodyThatSaysTooMuchIs400BeforeItIsKept() {
    byte[] many = ("[" + "0,".repeat(JsonLimits.TOKENS) + "0]").getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> Json.read(many, List.class))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("The request body says too much at once: more than 200000 names");
  }

  @Test
  void aRouteMayTakeMore() throws Exception {
    String body = "{\"value\":\"" + "x".repeat(1 << 17) + "\"}";
    assertThat(client.post("/api/many", body).body()).isEqualTo(String.valueOf(1 << 17));
  }
}
