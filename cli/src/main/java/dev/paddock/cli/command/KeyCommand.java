package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.output.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "key", description = "Show which API key is in use and what it may do.")
final class KeyCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    JsonNode key = api.get("/api-keys/current");
    if (json) {
      console.json(key);
      return 0;
    }
    console.line("name         " + key.path("name").asString());
    console.line("key          " + key.path("value").asString());
    console.line("api          " + api.base());
    console.line("expires      " + key.path("expiresAt").asString("never"));
    console.line("permissions  " + key.path("permissions"));
    return 0;
  }
}
