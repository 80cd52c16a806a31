package dev.paddock.server.command;

import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "down",
    description =
        "Stop the server of this machine. Sandboxes go on; `paddock up` finds them again.")
public final class DownCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for open requests; default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds = 30;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Console console = Console.system();
    Path dataDir = options.config().dataDir();
    Optional<ProcessHandle> server = ServerLock.holder(dataDir);
    if (server.isEmpty()) {
      console.note("No server runs on " + dataDir);
      return 0;
    }
    try (Progress progress = console.progress("Stopping the server")) {
      server.get().destroy();
      server.get().onExit().get(timeoutSeconds, TimeUnit.SECONDS);
      progress.done("The server is stopped");
      return 0;
    } catch (TimeoutException e) {
      console.note("The server (process " + server.get().pid() + ") has not ended in time");
      return 1;
    }
  }
}
