package dev.paddock.toolbox.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The header block of one part, of which only the disposition matters here. */
record PartHeaders(String name, Optional<String> fileName) {
  /** A path of 4,096 bytes, percent-encoded and sent twice, still fits. */
  private static final int BLOCK_LIMIT = 32 * 1024;

  static PartHeaders read(DelimitedInput input) throws IOException {
    Map<String, String> disposition = Map.of();
    int left = BLOCK_LIMIT;
    while (true) {
      String line = line(input, left);
      left -= line.length() + 2;
      if (line.isEmpty()) {
        return new PartHeaders(
            disposition.getOrDefault("name", ""), Optional.ofNullable(disposition.get("filename")));
      }
      int colon = line.indexOf(':');
      if (colon > 0 && isDisposition(line.substring(0, colon))) {
        disposition = HeaderParameters.parse(line.substring(colon + 1));
      }
    }
  }

  private static boolean isDisposition(String header) {
    return header.strip().toLowerCase(Locale.ROOT).equals("content-disposition");
  }

  private static String line(DelimitedInput input, int limit) throws IOException {
    var line = new ByteArrayOutputStream();
    int previous = -1;
    while (line.size() <= limit) {
      int next = input.readHeaderByte();
      if (previous == '\r' && next == '\n') {
        byte[] bytes = line.toByteArray();
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
      }
      line.write(next);
      previous = next;
    }
    throw new MultipartFormatException("a part's headers are longer than 32 KiB");
  }
}
