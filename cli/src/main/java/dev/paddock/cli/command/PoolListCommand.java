package dev.paddock.cli.command;

import dev.paddock.cli.output.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "ls", aliases = "list", description = "List the warm pools and what is ready.")
final class PoolListCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.system();
    JsonNode pools = server.api().get("/warm-pools");
    if (json) {
      console.json(pools);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    pools.forEach(pool -> rows.add(PoolRows.row(pool)));
    console.table(PoolRows.HEADING, rows);
    return 0;
  }
}
