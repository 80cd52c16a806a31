package dev.paddock.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A query as names with their values. */
final class QueryText {
  private QueryText() {}

  static Map<String, List<String>> parse(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = PathText.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : PathText.decodeForm(pair.substring(equals + 1));
      String plain = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
      values.computeIfAbsent(plain, any -> new ArrayList<>()).add(value);
    }
    return values;
  }
}
