package dev.paddock.toolbox.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.testing.RandomRounds;
import dev.paddock.toolbox.testing.RandomPieces;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStreamTest {
  private static final String BEGIN = "\u001er1 begin {}\n";
  private static final String END = "\u001er1 end {\"a\":1}\n";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void whatLiesBetweenTheMarksBelongsToTheRunHoweverItArrives(int chunk) {
    RunStream stream = new RunStream("r1");

    String taken =
        take(stream, "of before" + BEGIN + "one\u001er1 two\u001e" + END + "after", chunk);

    assertThat(taken).isEqualTo("one\u001er1 two\u001e");
    assertThat(stream.end()).contains("{\"a\":1}");
  }

  @Test
  void theMarksOfAnotherRunAreNoMarks() {
    RunStream stream = new RunStream("r1");

    assertThat(take(stream, "\u001er2 begin {}\nx\u001er2 end {}\n", 5)).isEmpty();
    assertThat(stream.hasBegun()).isFalse();
    assertThat(take(stream, BEGIN + "x\u001er2 end {}\ny", 5)).isEqualTo("x\u001er2 end {}\ny");
    assertThat(stream.end()).isEmpty();
  }

  @Test
  void anyBytesMeanTheSameHoweverTheyArrive() {
    List<String> words = List.of(BEGIN, END, "\u001e", "\u001er1 end ", "\n", "text");
    RandomRounds.forASecond(random -> {
      byte[] bytes = RandomPieces.bytes(random, words);
      RunStream whole = new RunStream("r1");
      byte[] expected = whole.take(bytes);
      RunStream stream = new RunStream("r1");
      var taken = new ByteArrayOutputStream();
      for (byte[] piece : RandomPieces.cut(random, bytes)) {
        taken.writeBytes(stream.take(piece));
      }

      assertThat(taken.toByteArray()).isEqualTo(expected);
      assertThat(stream.end()).isEqualTo(whole.end());
      assertThat(expected.length).isLessThanOrEqualTo(bytes.length);
    });
  }

  @Test
  void aMarkWithoutEndIsCutOff() {
    RunStream stream = new RunStream("r1");
    take(stream, BEGIN + "\u001er1 end ", 100);

    for (int i = 0; i < 3; i++) {
      stream.take(new byte[1 << 20]);
    }

    assertThat(stream.end()).hasValueSatisfying(text -> assertThat(text).hasSize(2 << 20));
  }

  private static String take(RunStream stream, String text, int chunk) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder taken = new StringBuilder();
    for (int from = 0; from < bytes.length; from += chunk) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + chunk, bytes.length));
      taken.append(new String(stream.take(part), StandardCharsets.UTF_8));
    }
    return taken.toString();
  }
}
