package dev.paddock.api.system;

import java.util.Map;

/**
 * Whether the server can work, and what it needs for that.
 *
 * @param status {@code ok} or {@code error}
 * @param info the parts that are up
 * @param error the parts that are down
 * @param details all parts
 */
public record ReadinessDto(
    String status, Map<String, Part> info, Map<String, Part> error, Map<String, Part> details) {
  /** Whether a part is {@code up} or {@code down}. */
  public record Part(String status) {}

  static ReadinessDto of(boolean databaseAnswers) {
    Map<String, Part> parts = Map.of("database", new Part(databaseAnswers ? "up" : "down"));
    return databaseAnswers
        ? new ReadinessDto("ok", parts, Map.of(), parts)
        : new ReadinessDto("error", Map.of(), parts, parts);
  }
}
