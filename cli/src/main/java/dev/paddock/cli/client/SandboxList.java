package dev.paddock.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All sandboxes of the organisation, page by page. */
public final class SandboxList {
  private final ApiClient api;

  public SandboxList(ApiClient api) {
    this.api = api;
  }

  /**
   * Every sandbox that carries all of {@code labels}.
   *
   * @param labels may be empty
   */
  public List<JsonNode> all(Map<String, String> labels) {
    String filter =
        labels.isEmpty()
            ? ""
            : "&labels=" + ApiClient.encode(new JsonMapper().writeValueAsString(labels));
    List<JsonNode> sandboxes = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/sandbox?limit=200" + filter + cursor);
      page.path("items").forEach(sandboxes::add);
      JsonNode next = page.path("nextCursor");
      cursor = next.isString() ? "&cursor=" + ApiClient.encode(next.stringValue()) : "";
    } while (!cursor.isEmpty());
    return sandboxes;
  }
}
