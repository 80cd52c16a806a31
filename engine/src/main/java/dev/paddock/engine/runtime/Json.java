package dev.paddock.engine.runtime;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers and truth values as JSON. */
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  static String write(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    switch (value) {
      case String string -> quote(text, string);
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      case List<?> list -> list(text, list);
      case Map<?, ?> map -> object(text, map);
      default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }
  }

  private static void list(StringBuilder text, List<?> list) {
    String separator = "[";
    for (Object element : list) {
      text.append(separator);
      append(text, element);
      separator = ",";
    }
    text.append(list.isEmpty() ? "[]" : "]");
  }

  private static void object(StringBuilder text, Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      quote(text, entry.getKey().toString());
      text.append(':');
      append(text, entry.getValue());
      separator = ",";
    }
    text.append(map.isEmpty() ? "{}" : "}");
  }

  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c < FIRST_PRINTABLE) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    text.append('"');
  }
}
