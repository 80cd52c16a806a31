package dev.paddock.cli.client;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/**
 * A sandbox that exists, and where its toolbox is.
 *
 * @param details the sandbox as the API shows it
 * @param toolbox client of its toolbox
 */
public record SandboxRef(JsonNode details, ApiClient toolbox) {
  /**
   * Looks a sandbox up.
   *
   * @param idOrName either
   * @throws CommandFailure with status 4 when there is none
   */
  public static SandboxRef find(ApiClient api, String idOrName) {
    JsonNode details = api.get("/sandbox/" + ApiClient.encode(idOrName));
    return of(api, details);
  }

  /** The reference for a sandbox that the API just showed. */
  public static SandboxRef of(ApiClient api, JsonNode details) {
    String id = details.path("id").asString();
    String toolboxUrl = details.path("toolboxProxyUrl").asString();
    return new SandboxRef(details, api.at(URI.create(toolboxUrl + "/" + id)));
  }

  public String id() {
    return details.path("id").asString();
  }

  public String name() {
    return details.path("name").asString();
  }

  public String state() {
    return details.path("state").asString();
  }
}
