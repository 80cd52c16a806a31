package dev.paddock.cli.command;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Warm pools as rows of a table. */
final class PoolRows {
  static final List<String> HEADING =
      List.of("SNAPSHOT", "READY", "WANTED", "CPU", "MEMORY", "ERROR");

  private PoolRows() {}

  static List<String> row(JsonNode pool) {
    return List.of(
        pool.path("snapshot").asString(""),
        pool.path("currentSize").asString("0"),
        pool.path("pool").asString("0"),
        pool.path("cpu").asString("-"),
        pool.path("mem").asString("-") + " GiB",
        pool.path("errorReason").asString("-"));
  }
}
