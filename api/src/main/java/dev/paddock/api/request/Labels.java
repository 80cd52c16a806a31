package dev.paddock.api.request;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels as they come in a query: a JSON object of strings. */
public final class Labels {
  private static final String WRONG = "labels must be a JSON object of strings";

  private Labels() {}

  /**
   * Reads them.
   *
   * @throws InvalidException when they are something else
   */
  public static Map<String, String> parse(String json) {
    Map<?, ?> object = object(json);
    Map<String, String> labels = new LinkedHashMap<>();
    object.forEach((key, value) -> {
      if (!(key instanceof String name) || !(value instanceof String text)) {
        throw new InvalidException(WRONG);
      }
      labels.put(name, text);
    });
    return labels;
  }

  private static Map<?, ?> object(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class);
    } catch (InvalidException e) {
      throw new InvalidException(WRONG, e);
    }
  }
}
