package dev.paddock.toolbox.file;

import dev.paddock.model.failure.InvalidException;
import java.util.regex.Pattern;

/** Permission bits as clients write them: {@code 755}, {@code 0644}, {@code 1777}. */
final class OctalMode {
  private static final Pattern FORM = Pattern.compile("0*[0-7]{1,4}");

  private OctalMode() {}

  /**
   * The bits, 07777 at most.
   *
   * @throws InvalidException when the text is not an octal number of that size
   */
  static int parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidException(
          "invalid mode '" + text + "': write the permission bits in octal, for example 0755");
    }
    return Integer.parseInt(text, 8);
  }
}
