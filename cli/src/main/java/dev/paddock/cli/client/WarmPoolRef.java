package dev.paddock.cli.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds warm pools by the name or id of their snapshot, which is how people know them. */
public final class WarmPoolRef {
  private final ApiClient api;

  public WarmPoolRef(ApiClient api) {
    this.api = api;
  }

  /**
   * The pool of a snapshot, if it has one.
   *
   * @throws CommandFailure when there is no such snapshot
   */
  public Optional<JsonNode> find(String snapshot) {
    String name = api.get("/snapshots/" + ApiClient.encode(snapshot)).path("name").asString("");
    for (JsonNode pool : api.get("/warm-pools")) {
      if (pool.path("snapshot").asString("").equals(name)) {
        return Optional.of(pool);
      }
    }
    return Optional.empty();
  }
}
