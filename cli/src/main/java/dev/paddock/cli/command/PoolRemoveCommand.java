package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.client.WarmPoolRef;
import dev.paddock.cli.output.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "rm", aliases = "delete", description = "Delete warm pools with their sandboxes.")
final class PoolRemoveCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SNAPSHOT", arity = "1..*", description = "Ids or names of snapshots.")
  private List<String> snapshots = List.of();

  @Override
  public Integer call() {
    ApiClient api = server.api();
    Console console = Console.system();
    for (String snapshot : snapshots) {
      JsonNode pool =
          new WarmPoolRef(api)
              .find(snapshot)
              .orElseThrow(() ->
                  new CommandFailure(
                      CommandFailure.NOT_FOUND, "Snapshot " + snapshot + " has no warm pool"));
      api.delete("/warm-pools/" + pool.path("id").asString());
      console.line(pool.path("snapshot").asString());
    }
    return 0;
  }
}
