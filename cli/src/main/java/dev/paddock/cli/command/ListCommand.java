package dev.paddock.cli.command;

import dev.paddock.cli.client.SandboxList;
import dev.paddock.cli.output.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "ls", aliases = "list", description = "List the sandboxes.")
final class ListCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY=VALUE",
      description = "Only sandboxes with this label; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print ids only.")
  private boolean quiet;

  @Override
  public Integer call() {
    Console console = Console.system();
    List<JsonNode> sandboxes = new SandboxList(server.api()).all(labels);
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      array.addAll(sandboxes);
      console.json(array);
    } else if (quiet) {
      sandboxes.forEach(sandbox -> console.line(sandbox.path("id").asString()));
    } else {
      console.table(SandboxRows.HEADING, sandboxes.stream().map(SandboxRows::row).toList());
    }
    return 0;
  }
}
