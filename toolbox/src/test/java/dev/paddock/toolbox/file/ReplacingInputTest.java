package dev.paddock.toolbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacingInputTest {
  @ParameterizedTest
  @CsvSource({
    "abc, b, xyz, axyzc",
    "aaaa, aa, b, bb",
    "aaa, aa, b, ba",
    "aabaabaac, aabaac, X, aabX",
    "ababab, abab, Y, Yab",
    "nothing, none, x, nothing",
    "abcabc, abc, '', ''",
    "ab, abc, x, ab",
    "'', a, b, ''"
  })
  void theTextIsReplacedFromTheLeft(
      String content, String pattern, String replacement, String expected) throws IOException {
    assertThat(replace(content, pattern, replacement)).isEqualTo(expected);
  }

  @Test
  void whateverTheContentItIsAsIfItWereReplacedAtOnce() throws IOException {
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      String content = random(random, random.nextInt(200_000));
      String pattern = random(random, 1 + random.nextInt(6));
      String replacement = random(random, random.nextInt(6));

      assertThat(replace(content, pattern, replacement))
          .isEqualTo(content.replace(pattern, replacement));
    }
  }

  @Test
  void theReplacementMayBeLarge() throws IOException {
    byte[] one = "a".getBytes(StandardCharsets.UTF_8);
    try (var input = new ReplacingInput(new ByteArrayInputStream(one), one, new byte[1 << 20])) {
      assertThat(input.transferTo(OutputStream.nullOutputStream())).isEqualTo(1 << 20);
      assertThat(input.replaced()).isTrue();
    }
  }

  private static String random(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  private static String replace(String content, String pattern, String replacement)
      throws IOException {
    InputStream source = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    try (var input =
        new ReplacingInput(
            source,
            pattern.getBytes(StandardCharsets.UTF_8),
            replacement.getBytes(StandardCharsets.UTF_8))) {
      String result = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(input.replaced()).isEqualTo(content.contains(pattern));
      return result;
    }
  }
}
