package dev.paddock.toolbox.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What part of a file a Range header asks for (RFC 9110, section 14). */
sealed interface RangeRequest {
  /** Everything: no header, one in another unit, a malformed one, or several ranges at once. */
  record Whole() implements RangeRequest {}

  /** A slice, clipped to the file; {@code length} is at least 1. */
  record Slice(long start, long length) implements RangeRequest {
    String contentRange(long size) {
      return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
  }

  /** A well-formed range of which the file has no byte. */
  record Unsatisfiable() implements RangeRequest {}

  /** At most 18 digits, so that every accepted number fits a long. */
  Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /** Reads the header of a request for a file of {@code size} bytes. */
  static RangeRequest parse(Optional<String> header, long size) {
    Matcher range = SINGLE.matcher(header.orElse(""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new Whole();
    }
    if (range.group(1).isEmpty()) {
      return suffix(Long.parseLong(range.group(2)), size);
    }
    long start = Long.parseLong(range.group(1));
    long end = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (end < start) {
      return new Whole();
    }
    return start >= size ? new Unsatisfiable() : slice(start, Math.min(end, size - 1));
  }

  private static RangeRequest suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : slice(Math.max(0, size - length), size - 1);
  }

  private static Slice slice(long start, long end) {
    return new Slice(start, end - start + 1);
  }
}
