package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.client.SandboxList;
import dev.paddock.cli.output.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "status",
    description = "Show whether the server is ready and what it runs; exit status 3 when not.")
final class StatusCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Mixin private ApiOptions server = new ApiOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "Wait until the server is ready, at most this long.")
  private int waitSeconds;

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.system();
    ApiClient api = readyApi();
    String version = api.get("/config").path("version").asString();
    List<JsonNode> sandboxes = new SandboxList(api).all(Map.of());
    long started =
        sandboxes.stream().filter(s -> s.path("state").asString().equals("started")).count();
    JsonNode snapshots = api.get("/snapshots?limit=200").path("items");
    if (json) {
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      status.put("ready", true).put("api", api.base().toString()).put("version", version);
      status.put("sandboxes", sandboxes.size()).put("started", started);
      status.set("snapshots", snapshots);
      console.json(status);
      return 0;
    }
    console.line("server     ready, version " + version);
    console.line("api        " + api.base());
    console.line("sandboxes  " + sandboxes.size() + ", of which started " + started);
    for (JsonNode snapshot : snapshots) {
      console.line(
          "snapshot   "
              + snapshot.path("name").asString()
              + ": "
              + snapshot.path("state").asString());
    }
    return 0;
  }

  private ApiClient readyApi() throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(waitSeconds);
    while (true) {
      try {
        ApiClient api = server.api();
        Optional<Integer> status = api.probe("/health/ready");
        if (status.equals(Optional.of(200))) {
          return api;
        }
        if (Instant.now().isAfter(deadline)) {
          throw new CommandFailure(
              CommandFailure.UNREACHABLE,
              status.isEmpty()
                  ? "Nothing answers at " + api.base() + ". Start the server with `paddock up`."
                  : "The server answers but is not ready (HTTP " + status.get() + ").");
        }
      } catch (CommandFailure e) {
        if (Instant.now().isAfter(deadline)) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }
}
