package dev.paddock.toolbox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctalModeTest {
  @Test
  void modesMayHaveALeadingZeroAndSpecialBits() {
    assertThat(OctalMode.parse("755")).isEqualTo(0755);
    assertThat(OctalMode.parse("0644")).isEqualTo(0644);
    assertThat(OctalMode.parse("1777")).isEqualTo(01777);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "rwx", "-1", "77777", "0x1"})
  void anythingElseIsInvalid(String text) {
    assertThatThrownBy(() -> OctalMode.parse(text)).isInstanceOf(InvalidException.class);
  }
}
