package dev.paddock.cli.command;

import dev.paddock.cli.output.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "ls", aliases = "list", description = "List the snapshots.")
final class ImageListCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.system();
    JsonNode items = server.api().get("/snapshots?limit=200").path("items");
    if (json) {
      console.json(items);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    items.forEach(item -> rows.add(row(item)));
    console.table(List.of("NAME", "ID", "STATE", "SIZE", "IMAGE"), rows);
    return 0;
  }

  private static List<String> row(JsonNode item) {
    JsonNode size = item.path("size");
    return List.of(
        item.path("name").asString(""),
        item.path("id").asString(""),
        item.path("state").asString(""),
        size.isNumber() ? String.format(Locale.ROOT, "%.2f GiB", size.doubleValue()) : "-",
        item.path("imageName").asString("-"));
  }
}
