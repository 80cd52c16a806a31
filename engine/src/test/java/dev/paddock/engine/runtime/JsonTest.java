package dev.paddock.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesNestedValues() {
    assertThat(Json.write(Map.of("a", List.of(1, true, "x", Map.of(), List.of()))))
        .isEqualTo("{\"a\":[1,true,\"x\",{},[]]}");
  }

  @Test
  void escapesWhatWouldEndAString() {
    assertThat(Json.write("a\"b\\c\nd")).isEqualTo("\"a\\\"b\\\\c\\u000ad\"");
  }
}
