package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.WarmPoolRef;
import dev.paddock.cli.output.Console;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "set", description = "Say how many sandboxes of a snapshot are kept ready.")
final class PoolSetCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "Id or name.")
  private String snapshot = "";

  @Parameters(index = "1", paramLabel = "N", description = "How many; 0 drains the pool.")
  private int size;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    ApiClient api = server.api();
    JsonNode pool =
        new WarmPoolRef(api)
            .find(snapshot)
            .map(found ->
                api.patch("/warm-pools/" + found.path("id").asString(), Map.of("pool", size)))
            .orElseGet(() -> api.post("/warm-pools", Map.of("snapshot", snapshot, "pool", size)));
    Console console = Console.system();
    if (json) {
      console.json(pool);
    } else {
      console.table(PoolRows.HEADING, List.of(PoolRows.row(pool)));
    }
    return 0;
  }
}
