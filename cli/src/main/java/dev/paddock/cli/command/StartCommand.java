package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.SandboxRef;
import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Start stopped sandboxes.")
final class StartCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SANDBOX", arity = "1..*", description = "Ids or names.")
  private List<String> sandboxes = List.of();

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    for (String name : sandboxes) {
      SandboxRef sandbox = SandboxRef.find(api, name);
      try (Progress progress = console.progress("Starting " + name)) {
        api.post("/sandbox/" + sandbox.id() + "/start");
        progress.done("Started " + name);
      }
    }
    return 0;
  }
}
