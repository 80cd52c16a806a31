package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.SnapshotWaiter;
import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "build",
    description = "Make a snapshot from a registry's image or from a Dockerfile.")
final class ImageBuildCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the new snapshot.")
  private String name = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(names = "--cpu", description = "Virtual CPUs of sandboxes made from it.")
  private @Nullable Integer cpu;

  @Option(names = "--memory", description = "Memory of sandboxes made from it, in GiB.")
  private @Nullable Integer memory;

  @Option(names = "--disk", description = "Disk of sandboxes made from it, in GiB.")
  private @Nullable Integer disk;

  @Option(names = "--runtime", description = "What starts sandboxes made from it.")
  private @Nullable String runtime;

  @Option(names = "--json", description = "Print the snapshot as JSON.")
  private boolean json;

  /** What the snapshot is made from. */
  static final class Source {
    @Option(names = "--image", description = "An image of a registry, with tag or digest.")
    private @Nullable String image;

    @Option(
        names = {"-f", "--dockerfile"},
        description = "A Dockerfile that needs no build context.")
    private @Nullable Path dockerfile;
  }

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    JsonNode snapshot;
    try (Progress progress = console.progress("Building snapshot " + name)) {
      String id = api.post("/snapshots", request()).path("id").asString();
      snapshot = new SnapshotWaiter(api, progress).untilActive(id);
      progress.done("Snapshot " + name + " is active");
    }
    if (json) {
      console.json(snapshot);
    } else {
      console.line(snapshot.path("id").asString());
    }
    return 0;
  }

  private Map<String, Object> request() {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("name", name);
    if (source.image != null) {
      request.put("imageName", source.image);
    } else if (source.dockerfile != null) {
      String text = CreateCommand.read(source.dockerfile);
      request.put("buildInfo", Map.of("dockerfileContent", text));
    }
    if (cpu != null) {
      request.put("cpu", cpu);
    }
    if (memory != null) {
      request.put("memory", memory);
    }
    if (disk != null) {
      request.put("disk", disk);
    }
    if (runtime != null) {
      request.put("runtime", runtime);
    }
    return request;
  }
}
