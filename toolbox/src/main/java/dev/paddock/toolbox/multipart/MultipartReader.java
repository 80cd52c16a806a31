package dev.paddock.toolbox.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a multipart body (RFC 7578) part after part without holding a part in memory.
 *
 * <p>A part's body is valid until the next call of {@link #next()}. Memory is one buffer of 64 KiB
 * whatever the size of the parts. A body that ends before its closing boundary raises {@link
 * CutOffException}, from the part's stream or from {@link #next()}, never a silent end of file. Not
 * thread-safe.
 */
public final class MultipartReader {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final DelimitedInput input;
  private boolean ended;

  /**
   * @param body the whole request body
   * @param boundary the boundary without its leading dashes
   */
  public MultipartReader(InputStream body, String boundary) {
    byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    this.input = new DelimitedInput(body, delimiter, LINE_END);
  }

  /**
   * The next part; empty after the last. Skips what was not read of the part before.
   *
   * @throws CutOffException when the body ends too early
   * @throws MultipartFormatException when the body is not multipart
   */
  public Optional<Part> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    input.skipToDelimiter();
    if (isClosingBoundary()) {
      ended = true;
      return Optional.empty();
    }
    PartHeaders headers = PartHeaders.read(input);
    return Optional.of(new Part(headers.name(), headers.fileName(), input));
  }

  private boolean isClosingBoundary() throws IOException {
    input.passDelimiter();
    int first = input.readHeaderByte();
    int second = input.readHeaderByte();
    while (first == ' ' || first == '\t') {
      first = second;
      second = input.readHeaderByte();
    }
    if (first == '-' && second == '-') {
      return true;
    }
    if (first == '\r' && second == '\n') {
      return false;
    }
    throw new MultipartFormatException("a boundary is followed by neither a line end nor '--'");
  }

  /**
   * One part.
   *
   * @param name the field's name; empty when the part names none
   * @param fileName the file name as sent
   * @param body the part's bytes, to be read before the next part is asked for
   */
  public record Part(String name, Optional<String> fileName, InputStream body) {
    /**
     * The body as text.
     *
     * @param limit most bytes to accept
     * @throws MultipartFormatException when the field is longer
     */
    public String text(int limit) throws IOException {
      byte[] bytes = body.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new MultipartFormatException(
            "the field '" + name + "' is longer than " + limit + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
