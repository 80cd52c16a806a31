package dev.paddock.toolbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.testing.RandomRounds;
import dev.paddock.toolbox.testing.RandomPieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFilterTest {
  private static final String MARKER = "dtn_artifact_k39fd2:";

  @TempDir private Path directory;

  @Test
  void aChartOfMoreThanTwoHundredThousandTokensStaysOutput() throws IOException {
    String large = chart("{},".repeat(100_000) + "{}");

    try (OutputSpool spool = spool()) {
      ChartFilter filter = new ChartFilter(spool);
      write(filter, large);

      assertThat(filter.artifacts().charts().size()).isZero();
      assertThat(spool.content().readAllBytes()).isEqualTo(large.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aChartOfMoreThanFourMebibytesStaysOutput() throws IOException {
    String large =
        MARKER + "{\"type\":\"chart\",\"value\":{\"png\":\"" + "x".repeat(4 << 20) + "\"}}\n";

    try (OutputSpool spool = spool()) {
      ChartFilter filter = new ChartFilter(spool);
      write(filter, large);

      assertThat(filter.artifacts().charts().size()).isZero();
      assertThat(spool.content().readAllBytes()).hasSize(large.length());
    }
  }

  @Test
  void allChartsOfARunTogetherAreBounded() throws IOException {
    try (OutputSpool spool = spool()) {
      ChartFilter filter = new ChartFilter(spool);
      String half = chart("{},".repeat(80_000) + "{}");
      for (int i = 0; i < 3; i++) {
        write(filter, half);
      }

      assertThat(filter.artifacts().charts()).hasSize(2);
      assertThat(spool.content().readAllBytes()).hasSize(half.length());
    }
  }

  @Test
  void anyBytesMeanTheSameHoweverTheyArrive() {
    List<String> words =
        List.of(MARKER, chart(""), chart("{}"), chart("7"), "d", "dtn_", "\n", "text", "[[[{");
    RandomRounds.forASecond(random -> {
      byte[] bytes = RandomPieces.bytes(random, words);

      assertThat(result(RandomPieces.cut(random, bytes))).isEqualTo(result(List.of(bytes)));
    });
  }

  private String result(List<byte[]> pieces) throws IOException {
    try (OutputSpool spool = spool()) {
      ChartFilter filter = new ChartFilter(spool);
      for (byte[] piece : pieces) {
        filter.write(piece);
      }
      filter.end();
      byte[] output = spool.content().readAllBytes();
      return filter.artifacts() + new String(output, StandardCharsets.ISO_8859_1);
    }
  }

  private static String chart(String elements) {
    return MARKER + "{\"type\":\"chart\",\"value\":{\"elements\":[" + elements + "]}}\n";
  }

  private static void write(ChartFilter filter, String text) throws IOException {
    filter.write(text.getBytes(StandardCharsets.UTF_8));
    filter.end();
  }

  private OutputSpool spool() {
    return new OutputSpool(new SpoolSpace(directory, 1 << 30, 1 << 30), "one");
  }
}
