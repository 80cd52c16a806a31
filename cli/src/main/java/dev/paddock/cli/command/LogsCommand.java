package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.client.SandboxLog;
import dev.paddock.cli.client.SandboxRef;
import dev.paddock.cli.output.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "logs",
    description = "Show what a sandbox's entrypoint, or a command of a session, has written.")
final class LogsCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name.")
  private String sandbox = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SESSION",
      description = "Id of a session; default: what the image itself starts, if anything.")
  private @Nullable String session;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "Id of a command; default: the session's last one.")
  private @Nullable String command;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the command ends.")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.system();
    SandboxRef ref = server.sandbox(sandbox);
    SandboxLog log = new SandboxLog(ref.toolbox(), console, logsPath(ref.toolbox()));
    if (follow) {
      log.follow();
    } else {
      log.print();
    }
    return 0;
  }

  private String logsPath(ApiClient toolbox) {
    if (session == null) {
      return "/process/session/entrypoint/logs";
    }
    String base = "/process/session/" + ApiClient.encode(session);
    return base + "/command/" + ApiClient.encode(commandId(toolbox, base)) + "/logs";
  }

  private String commandId(ApiClient toolbox, String base) {
    if (command != null) {
      return command;
    }
    JsonNode commands = toolbox.get(base).path("commands");
    if (commands.isEmpty()) {
      throw new CommandFailure(CommandFailure.NOT_FOUND, "The session has run no command yet");
    }
    return commands.get(commands.size() - 1).path("id").asString();
  }
}
