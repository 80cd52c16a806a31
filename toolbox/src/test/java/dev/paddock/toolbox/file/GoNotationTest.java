package dev.paddock.toolbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNotationTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0644, -rw-r--r--",
    "'', 4755, urwxr-xr-x",
    "d, 0755, drwxr-xr-x",
    "d, 1777, dtrwxrwxrwx",
    "L, 0777, Lrwxrwxrwx",
    "'', 0000, ----------"
  })
  void modesReadAsGoPrintsThem(String type, String octal, String expected) {
    assertThat(GoNotation.mode(type, Integer.parseInt(octal, 8))).isEqualTo(expected);
  }

  @Test
  void timesReadAsGoPrintsThem() {
    assertThat(GoNotation.time(Instant.parse("2026-01-02T03:04:05.120Z")))
        .isEqualTo("2026-01-02 03:04:05.12 +0000 UTC");
    assertThat(GoNotation.time(Instant.parse("2026-01-02T03:04:05Z")))
        .isEqualTo("2026-01-02 03:04:05 +0000 UTC");
    assertThat(GoNotation.time(Instant.parse("2026-01-02T03:04:05.000000007Z")))
        .isEqualTo("2026-01-02 03:04:05.000000007 +0000 UTC");
  }
}
