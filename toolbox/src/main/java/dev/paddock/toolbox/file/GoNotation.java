package dev.paddock.toolbox.file;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Modes and times as Go's standard library prints them, which is what clients show and some parse.
 */
final class GoNotation {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral(" +0000 UTC")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int SET_UID = 04000;
  private static final int SET_GID = 02000;
  private static final int STICKY = 01000;

  private GoNotation() {}

  /**
   * A mode such as {@code -rw-r--r--}, {@code drwxr-xr-x} or {@code dtrwxrwxrwx}: one letter for
   * the type and each special bit, a dash when there is none, then nine permission letters.
   *
   * @param typeLetter {@code d}, {@code L}, {@code D} or an empty string for a regular file
   * @param bits permission bits with setuid, setgid and sticky
   */
  static String mode(String typeLetter, int bits) {
    var text = new StringBuilder(typeLetter);
    appendIf(text, bits, SET_UID, 'u');
    appendIf(text, bits, SET_GID, 'g');
    appendIf(text, bits, STICKY, 't');
    if (text.isEmpty()) {
      text.append('-');
    }
    for (int i = 8; i >= 0; i--) {
      text.append((bits & 1 << i) == 0 ? '-' : "xwr".charAt(i % 3));
    }
    return text.toString();
  }

  private static void appendIf(StringBuilder text, int bits, int bit, char letter) {
    if ((bits & bit) != 0) {
      text.append(letter);
    }
  }

  /**
   * A time such as {@code 2026-01-02 03:04:05.06 +0000 UTC}, the fraction without trailing zeros.
   */
  static String time(Instant instant) {
    return TIME.format(instant);
  }
}
