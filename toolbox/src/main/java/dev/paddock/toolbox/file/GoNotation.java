package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.FileType;
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
   * A mode such as {@code -rw-r--r--}, {@code drwxr-xr-x}, {@code dtrwxrwxrwx} or {@code
   * Dcrw-rw-rw-}: letters for the type and each special bit, a dash when there is none, then nine
   * permission letters. The order is that of Go's {@code fs.FileMode.String}.
   *
   * @param bits permission bits with setuid, setgid and sticky
   */
  static String mode(FileType type, int bits) {
    var text = new StringBuilder(typeLetter(type));
    appendIf((bits & SET_UID) != 0, text, 'u');
    appendIf((bits & SET_GID) != 0, text, 'g');
    appendIf(type == FileType.CHARACTER_DEVICE, text, 'c');
    appendIf((bits & STICKY) != 0, text, 't');
    appendIf(type == FileType.OTHER, text, '?');
    appendIf(text.isEmpty(), text, '-');
    for (int i = 8; i >= 0; i--) {
      text.append((bits & 1 << i) == 0 ? '-' : "xwr".charAt(i % 3));
    }
    return text.toString();
  }

  private static String typeLetter(FileType type) {
    return switch (type) {
      case FILE, OTHER -> "";
      case DIRECTORY -> "d";
      case SYMLINK -> "L";
      case CHARACTER_DEVICE, BLOCK_DEVICE -> "D";
      case FIFO -> "p";
      case SOCKET -> "S";
    };
  }

  private static void appendIf(boolean applies, StringBuilder text, char letter) {
    if (applies) {
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
