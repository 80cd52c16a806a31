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
  @TempDir private Path directory;

  @Test
  void smallOutputNeedsNoFile() throws IOException {
    try (OutputSpool spool = new OutputSpool(new SpoolSpace(directory, 1000, 1000))) {
      spool.write(new byte[] {1, 2, 3});

      assertThat(spool.content().readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void largeOutputIsKeptWholeAndLeavesNoNamedFile() throws IOException {
    byte[] data = new byte[3 * OutputSpool.MEMORY_LIMIT];
    new Random(1).nextBytes(data);
    try (OutputSpool spool = new OutputSpool(new SpoolSpace(directory, 1 << 30, 1 << 30))) {
      for (int i = 0; i < data.length; i += 4096) {
        spool.write(Arrays.copyOfRange(data, i, i + 4096));
      }

      assertThat(spool.content().readAllBytes()).isEqualTo(data);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void outputBeyondTheLimitIsRefusedAloud() throws IOException {
    try (OutputSpool spool = new OutputSpool(new SpoolSpace(directory, 10, 1000))) {
      spool.write(new byte[10]);

      assertThatThrownBy(() -> spool.write(new byte[1]))
          .isInstanceOf(OutOfSpaceException.class)
          .hasMessageContaining("more than 10 bytes");
    }
  }

  @Test
  void allOutputsShareOneRoomAndGiveItBack() throws IOException {
    SpoolSpace space = new SpoolSpace(directory, 100, 100);
    try (OutputSpool second = new OutputSpool(space)) {
      try (OutputSpool first = new OutputSpool(space)) {
        first.write(new byte[60]);
        assertThatThrownBy(() -> second.write(new byte[60]))
            .isInstanceOf(OutOfSpaceException.class);
      }
      second.write(new byte[60]);

      assertThat(second.inMemory()).isTrue();
    }
  }
}
