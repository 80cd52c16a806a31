package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.SnapshotWaiter;
import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "wait", description = "Wait until snapshots can be used.")
final class ImageWaitCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SNAPSHOT", arity = "1..*", description = "Ids or names.")
  private List<String> snapshots = List.of();

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    for (String name : snapshots) {
      try (Progress progress = console.progress("Waiting for snapshot " + name)) {
        new SnapshotWaiter(api, progress).untilActive(name);
        progress.done("Snapshot " + name + " is active");
      }
    }
    return 0;
  }
}
