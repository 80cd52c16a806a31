package dev.paddock.toolbox.multipart;

import java.nio.charset.StandardCharsets;

/** Content-Disposition values that carry any file name safely. */
public final class ContentDisposition {
  /** Characters that RFC 5987 lets stand in an extended value besides letters and digits. */
  private static final String PLAIN = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  /** For a download: an ASCII name for old clients, and the exact one by RFC 5987. */
  public static String attachment(String fileName) {
    return "attachment; filename=\""
        + ascii(fileName)
        + "\"; filename*=UTF-8''"
        + percent(fileName);
  }

  /**
   * For a part of a form. The name stands as it is, quotes and backslashes escaped; where that is
   * not plain ASCII the extended form is added, since parsers disagree on the charset of the first.
   */
  public static String formData(String name, String fileName) {
    String value = "form-data; name=\"" + name + "\"; filename=\"" + quoted(fileName) + "\"";
    return isPlainAscii(fileName) ? value : value + "; filename*=UTF-8''" + percent(fileName);
  }

  private static boolean isPlainAscii(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\r", "%0D")
        .replace("\n", "%0A");
  }

  private static String ascii(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c < 0x20 || c >= 0x7f || c == '"' || c == '\\' ? '_' : c)
        .forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static String percent(String text) {
    var encoded = new StringBuilder(text.length() * 3);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        encoded.append((char) c);
      } else {
        encoded.append(String.format("%%%02X", c));
      }
    }
    return encoded.toString();
  }
}
