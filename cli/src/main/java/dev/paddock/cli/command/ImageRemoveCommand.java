package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.output.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "rm", aliases = "delete", description = "Delete snapshots.")
final class ImageRemoveCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SNAPSHOT", arity = "1..*", description = "Ids or names.")
  private List<String> snapshots = List.of();

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    for (String name : snapshots) {
      String id = api.get("/snapshots/" + ApiClient.encode(name)).path("id").asString();
      api.delete("/snapshots/" + id);
      console.line(id);
    }
    return 0;
  }
}
