package dev.paddock.toolbox.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Input that nobody meant well with, and ways to cut it. */
public final class RandomPieces {
  private RandomPieces() {}

  /** Words, whole and cut off, with noise between them. */
  public static byte[] bytes(Random random, List<String> words) {
    var bytes = new ByteArrayOutputStream();
    for (int i = random.nextInt(20); i > 0; i--) {
      byte[] word = words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
      boolean whole = random.nextInt(4) > 0;
      bytes.write(word, 0, whole ? word.length : random.nextInt(word.length));
      if (random.nextInt(4) == 0) {
        byte[] noise = new byte[random.nextInt(10)];
        random.nextBytes(noise);
        bytes.writeBytes(noise);
      }
    }
    return bytes.toByteArray();
  }

  /** The same bytes in pieces. */
  public static List<byte[]> cut(Random random, byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    int most = random.nextBoolean() ? 3 : 50;
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + random.nextInt(1, most));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }
}
