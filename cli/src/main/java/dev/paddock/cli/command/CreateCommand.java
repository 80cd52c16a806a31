package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.client.SandboxRef;
import dev.paddock.cli.client.SandboxWaiter;
import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Create a sandbox and wait until it is usable.")
final class CreateCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @ArgGroup private Source source = new Source();

  @Option(names = "--name", description = "Name; default: the id of the sandbox.")
  private @Nullable String name;

  @Option(names = "--user", description = "User whom commands run as.")
  private @Nullable String user;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "Environment variable; may be repeated.")
  private Map<String, String> env = new LinkedHashMap<>();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY=VALUE",
      description = "Label; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--cpu", description = "Virtual CPUs (with --image or --dockerfile).")
  private @Nullable Integer cpu;

  @Option(names = "--memory", description = "Memory in GiB (with --image or --dockerfile).")
  private @Nullable Integer memory;

  @Option(names = "--disk", description = "Disk in GiB (with --image or --dockerfile).")
  private @Nullable Integer disk;

  @Option(names = "--runtime", description = "What starts it; default: as its snapshot says.")
  private @Nullable String runtime;

  @Option(names = "--public", description = "Let everyone open its previews.")
  private boolean publicPreviews;

  @Option(names = "--auto-stop", description = "Minutes without activity until it stops; 0: never.")
  private @Nullable Integer autoStop;

  @Option(names = "--auto-archive", description = "Minutes after the stop until it is archived.")
  private @Nullable Integer autoArchive;

  @Option(names = "--auto-delete", description = "Minutes after the stop until it is deleted.")
  private @Nullable Integer autoDelete;

  @Option(names = "--json", description = "Print the sandbox as JSON.")
  private boolean json;

  /** What the sandbox is made from. */
  static final class Source {
    @Option(names = "--snapshot", description = "Id or name of a snapshot; default: the server's.")
    private @Nullable String snapshot;

    @Option(names = "--image", description = "An image of a registry, with tag or digest.")
    private @Nullable String image;

    @Option(names = "--dockerfile", description = "A Dockerfile that needs no build context.")
    private @Nullable Path dockerfile;
  }

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    SandboxRef sandbox;
    try (Progress progress = console.progress("Creating the sandbox")) {
      sandbox = SandboxRef.of(api, api.post("/sandbox", request()));
      sandbox = new SandboxWaiter(api, progress).untilStarted(sandbox);
      progress.done("Sandbox " + sandbox.name() + " is started");
    }
    if (json) {
      console.json(sandbox.details());
    } else {
      console.line(sandbox.id());
    }
    return 0;
  }

  private Map<String, Object> request() {
    Map<String, Object> request = new LinkedHashMap<>();
    putIfSet(request, "name", name);
    putIfSet(request, "user", user);
    putIfSet(request, "snapshot", source.snapshot);
    if (source.image != null) {
      request.put("buildInfo", Map.of("dockerfileContent", "FROM " + source.image + "\n"));
    } else if (source.dockerfile != null) {
      request.put("buildInfo", Map.of("dockerfileContent", read(source.dockerfile)));
    }
    putIfSet(request, "cpu", cpu);
    putIfSet(request, "memory", memory);
    putIfSet(request, "disk", disk);
    putIfSet(request, "runtime", runtime);
    putIfSet(request, "autoStopInterval", autoStop);
    putIfSet(request, "autoArchiveInterval", autoArchive);
    putIfSet(request, "autoDeleteInterval", autoDelete);
    request.put("env", env);
    request.put("labels", labels);
    request.put("public", publicPreviews);
    return request;
  }

  private static void putIfSet(Map<String, Object> request, String key, @Nullable Object value) {
    if (value != null) {
      request.put(key, value);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(
          CommandFailure.USAGE,
          "Tried to read " + file + " but failed; it must be a text file that exists",
          e);
    }
  }
}
