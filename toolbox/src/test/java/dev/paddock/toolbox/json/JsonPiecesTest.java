package dev.paddock.toolbox.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonPiecesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "[]",
        "{}",
        "[{},{},{}]",
        "[[1,2],[3,[4]]]",
        "{\"a\":{\"b\":[null,true,\"x\"]},\"c\":{}}"
      })
  void countsNoFewerThanThereAreValues(String json) {
    assertThat(JsonPieces.atMost(json.getBytes(StandardCharsets.UTF_8)))
        .isGreaterThanOrEqualTo(values(new JsonMapper().readTree(json)));
  }

  private static int values(JsonNode node) {
    return 1 + node.values().stream().mapToInt(JsonPiecesTest::values).sum();
  }
}
