package dev.paddock.toolbox.testing;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as clients read and write it. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** The body of an answer. */
  public static JsonNode read(HttpResponse<String> answer) {
    return MAPPER.readTree(answer.body());
  }

  /** A message. */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /** A text as JSON. */
  public static String quote(String text) {
    return MAPPER.writeValueAsString(text);
  }
}
