package dev.paddock.toolbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.OutOfSpaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputSpoolTest {
  /** What does not fit into memory. */
  private static final byte[] LARGE = new byte[OutputSpool.MEMORY_LIMIT + 1];

  @TempDir private Path directory;

  @Test
  void smallOutputNeedsNoFile() throws IOException {
    try (OutputSpool spool = new OutputSpool(new SpoolSpace(directory, 0, 0), "one")) {
      spool.write(new byte[] {1, 2, 3});

      assertThat(spool.content().readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void largeOutputIsKeptWholeAndLeavesNoNamedFile() throws IOException {
    byte[] data = new byte[3 * OutputSpool.MEMORY_LIMIT];
    new Random(1).nextBytes(data);
    try (OutputSpool spool = new OutputSpool(new SpoolSpace(directory, 1 << 30, 1 << 30), "one")) {
      for (int i = 0; i < data.length; i += 4096) {
        spool.write(Arrays.copyOfRange(data, i, i + 4096));
      }

      assertThat(spool.content().readAllBytes()).isEqualTo(data);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void outputBeyondTheShareIsRefusedAloud() throws IOException {
    SpoolSpace space = new SpoolSpace(directory, LARGE.length, 1 << 30);
    try (OutputSpool spool = new OutputSpool(space, "one")) {
      spool.write(LARGE);

      assertThatThrownBy(() -> spool.write(new byte[1]))
          .isInstanceOf(OutOfSpaceException.class)
          .hasMessageContaining("more than " + LARGE.length + " bytes");
    }
  }

  @Test
  void aSandboxThatUsesUpItsShareLeavesTheOthersTheirs() throws IOException {
    SpoolSpace space = new SpoolSpace(directory, LARGE.length, 1 << 30);
    try (OutputSpool greedy = new OutputSpool(space, "one");
        OutputSpool second = new OutputSpool(space, "one");
        OutputSpool other = new OutputSpool(space, "other")) {
      greedy.write(LARGE);
      assertThatThrownBy(() -> second.write(LARGE)).isInstanceOf(OutOfSpaceException.class);

      other.write(LARGE);

      assertThat(other.content().readAllBytes()).isEqualTo(LARGE);
    }
  }

  @Test
  void allOutputsShareOneRoomAndGiveItBack() throws IOException {
    SpoolSpace space = new SpoolSpace(directory, 1 << 30, LARGE.length);
    try (OutputSpool first = new OutputSpool(space, "one")) {
      first.write(LARGE);
      try (OutputSpool second = new OutputSpool(space, "other")) {
        assertThatThrownBy(() -> second.write(LARGE)).isInstanceOf(OutOfSpaceException.class);
      }
    }
    try (OutputSpool third = new OutputSpool(space, "other")) {
      third.write(LARGE);

      assertThat(third.content().readAllBytes()).isEqualTo(LARGE);
    }
  }
}
