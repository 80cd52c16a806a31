package dev.paddock.toolbox.multipart;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The {@code ; name=value} parameters of a header such as Content-Type. */
public final class HeaderParameters {
  private final String text;
  private int position;

  private HeaderParameters(String text) {
    this.text = text;
  }

  /**
   * The boundary that a multipart content type names, if the type is multipart and the boundary has
   * one to seventy characters, as RFC 2046 limits it.
   */
  public static Optional<String> boundary(String contentType) {
    if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return Optional.empty();
    }
    return Optional.ofNullable(parse(contentType).get("boundary"))
        .filter(boundary -> !boundary.isEmpty() && boundary.length() <= 70);
  }

  /** All parameters, names in lower case; the value before the first semicolon is passed over. */
  static Map<String, String> parse(String header) {
    var scanner = new HeaderParameters(header);
    var parameters = new HashMap<String, String>();
    scanner.skipUntil(';');
    while (scanner.position < header.length()) {
      scanner.position++;
      String name = scanner.until("=;").strip().toLowerCase(Locale.ROOT);
      if (scanner.at('=')) {
        scanner.position++;
        parameters.putIfAbsent(name, scanner.value());
      }
      scanner.skipUntil(';');
    }
    return parameters;
  }

  private String value() {
    while (at(' ') || at('\t')) {
      position++;
    }
    return at('"') ? quoted() : until(";").strip();
  }

  private String quoted() {
    var value = new StringBuilder();
    position++;
    while (position < text.length() && !at('"')) {
      // Browsers send a Windows path's backslashes as they are; only these two are escapes.
      if (at('\\')
          && position + 1 < text.length()
          && "\"\\".indexOf(text.charAt(position + 1)) >= 0) {
        position++;
      }
      value.append(text.charAt(position++));
    }
    position++;
    return value.toString();
  }

  private String until(String stops) {
    int start = position;
    while (position < text.length() && stops.indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private void skipUntil(char stop) {
    while (position < text.length() && !at(stop)) {
      position++;
    }
  }

  private boolean at(char expected) {
    return position < text.length() && text.charAt(position) == expected;
  }
}
