package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.SandboxRef;
import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stop sandboxes and keep their files.")
final class StopCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SANDBOX", arity = "1..*", description = "Ids or names.")
  private List<String> sandboxes = List.of();

  @Option(
      names = {"-f", "--force"},
      description = "Kill at once instead of asking the processes to end.")
  private boolean force;

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    for (String name : sandboxes) {
      SandboxRef sandbox = SandboxRef.find(api, name);
      try (Progress progress = console.progress("Stopping " + name)) {
        api.post("/sandbox/" + sandbox.id() + "/stop" + (force ? "?force=true" : ""));
        progress.done("Stopped " + name);
      }
    }
    return 0;
  }
}
