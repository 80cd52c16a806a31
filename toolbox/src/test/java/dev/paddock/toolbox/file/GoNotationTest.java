package dev.paddock.toolbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.agent.FileType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNotationTest {
  @ParameterizedTest
  @CsvSource({
    "FILE, 0644, -rw-r--r--",
    "FILE, 4755, urwxr-xr-x",
    "FILE, 6755, ugrwxr-xr-x",
    "FILE, 0000, ----------",
    "DIRECTORY, 0755, drwxr-xr-x",
    "DIRECTORY, 1777, dtrwxrwxrwx",
    "SYMLINK, 0777, Lrwxrwxrwx",
    "FIFO, 0644, prw-r--r--",
    "SOCKET, 0755, Srwxr-xr-x",
    "BLOCK_DEVICE, 0660, Drw-rw----",
    "CHARACTER_DEVICE, 0666, Dcrw-rw-rw-",
    "CHARACTER_DEVICE, 1666, Dctrw-rw-rw-",
    "OTHER, 0600, ?rw-------"
  })
  void modesReadAsGoPrintsThem(FileType type, String octal, String expected) {
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
