package dev.paddock.toolbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  @Test
  void ordinaryNamesPass() {
    assertThat(Environment.require(Map.of("PATH", "/bin", "_x1", "")))
        .containsOnly(Map.entry("PATH", "/bin"), Map.entry("_x1", ""));
    assertThat(Environment.require(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A=B", "A B", "Ä", "A\nB", "$(x)"})
  void aNameThatNoShellCouldHoldIsInvalid(String name) {
    assertThatThrownBy(() -> Environment.require(Map.of(name, "v")))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("invalid environment variable name");
  }

  @Test
  void aValueWithANulIsInvalid() {
    assertThatThrownBy(() -> Environment.require(Map.of("A", "x\0y")))
        .isInstanceOf(InvalidException.class);
  }
}
