package dev.paddock.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    new Table(List.of("A", "LONG"), List.of(List.of("wide", "x"), List.of("y", "z")))
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("A     LONG\nwide  x\ny     z\n");
  }
}
