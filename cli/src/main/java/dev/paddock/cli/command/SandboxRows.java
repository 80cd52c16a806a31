package dev.paddock.cli.command;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How sandboxes look in a table. */
final class SandboxRows {
  static final List<String> HEADING =
      List.of("NAME", "ID", "STATE", "SNAPSHOT", "CPU", "MEMORY", "DISK", "CREATED");

  private SandboxRows() {}

  static List<String> row(JsonNode sandbox) {
    return List.of(
        sandbox.path("name").asString(""),
        sandbox.path("id").asString(""),
        sandbox.path("state").asString(""),
        sandbox.path("snapshot").asString("-"),
        sandbox.path("cpu").asString(""),
        sandbox.path("memory").asString("") + " GiB",
        sandbox.path("disk").asString("") + " GiB",
        sandbox.path("createdAt").asString(""));
  }
}
