package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.client.SandboxList;
import dev.paddock.cli.client.SandboxRef;
import dev.paddock.cli.output.Console;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "rm", aliases = "delete", description = "Delete sandboxes with all their files.")
final class RemoveCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SANDBOX", arity = "0..*", description = "Ids or names.")
  private List<String> sandboxes = List.of();

  @Option(names = "--all", description = "Every sandbox of the organisation.")
  private boolean all;

  @Override
  public Integer call() {
    if (all == !sandboxes.isEmpty()) {
      throw new CommandFailure(CommandFailure.USAGE, "Name the sandboxes, or give --all");
    }
    Console console = Console.system();
    ApiClient api = server.api();
    List<String> doomed =
        all
            ? new SandboxList(api).all(Map.of()).stream().map(RemoveCommand::id).toList()
            : sandboxes.stream().map(name -> SandboxRef.find(api, name).id()).toList();
    for (String id : doomed) {
      api.delete("/sandbox/" + id);
      console.line(id);
    }
    return 0;
  }

  private static String id(JsonNode sandbox) {
    return sandbox.path("id").asString();
  }
}
