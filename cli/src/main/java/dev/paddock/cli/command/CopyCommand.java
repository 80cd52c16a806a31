package dev.paddock.cli.command;

import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.client.SandboxFiles;
import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "cp",
    description = "Copy files and directories between this machine and a sandbox.",
    footerHeading = "%n",
    footer = {
      "Exactly one side is SANDBOX:PATH, for example:",
      "  paddock cp ./app web:/home/daytona/app",
      "  paddock cp web:result.json ."
    })
final class CopyCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(index = "0", paramLabel = "SOURCE", description = "PATH or SANDBOX:PATH.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "PATH or SANDBOX:PATH.")
  private String target = "";

  @Override
  public Integer call() throws IOException {
    boolean fromSandbox = isRemote(source);
    if (fromSandbox == isRemote(target)) {
      throw new CommandFailure(CommandFailure.USAGE, "Exactly one side is SANDBOX:PATH");
    }
    String remote = fromSandbox ? source : target;
    int colon = remote.indexOf(':');
    SandboxFiles files = new SandboxFiles(server.sandbox(remote.substring(0, colon)));
    String remotePath = remote.substring(colon + 1);
    try (Progress progress = Console.system().progress("Copying " + source + " to " + target)) {
      int count =
          fromSandbox
              ? download(files, remotePath, Path.of(target), progress)
              : upload(files, Path.of(source), remotePath, progress);
      progress.done("Copied " + count + (count == 1 ? " file" : " files"));
    }
    return 0;
  }

  private static boolean isRemote(String argument) {
    int colon = argument.indexOf(':');
    return colon > 0 && !argument.substring(0, colon).contains("/");
  }

  private static int upload(SandboxFiles files, Path from, String to, Progress progress)
      throws IOException {
    Path name = from.toAbsolutePath().normalize().getFileName();
    String goal = to.isEmpty() || to.endsWith("/") ? to + name : to;
    if (Files.isRegularFile(from)) {
      files.upload(from, goal);
      return 1;
    }
    if (!Files.isDirectory(from)) {
      throw new CommandFailure(CommandFailure.USAGE, "No such file or directory: " + from);
    }
    try (Stream<Path> tree = Files.walk(from)) {
      List<Path> regular = tree.filter(Files::isRegularFile).toList();
      for (Path file : regular) {
        progress.step(from.relativize(file).toString());
        files.upload(file, goal + "/" + from.relativize(file));
      }
      return regular.size();
    }
  }

  private static int download(SandboxFiles files, String from, Path to, Progress progress)
      throws IOException {
    JsonNode info = files.info(from);
    String name = info.path("name").asString();
    Path goal = Files.isDirectory(to) ? safeChild(to, name) : to;
    if (!info.path("isDir").asBoolean()) {
      files.download(from, goal);
      return 1;
    }
    return downloadDirectory(files, from, goal, progress);
  }

  private static int downloadDirectory(SandboxFiles files, String from, Path to, Progress progress)
      throws IOException {
    Files.createDirectories(to);
    int count = 0;
    for (JsonNode entry : files.list(from)) {
      String name = entry.path("name").asString();
      Path goal = safeChild(to, name);
      progress.step(name);
      if (entry.path("isDir").asBoolean()) {
        count += downloadDirectory(files, from + "/" + name, goal, progress);
      } else {
        files.download(from + "/" + name, goal);
        count++;
      }
    }
    return count;
  }

  /** The names come from the sandbox, which may want to write elsewhere on this machine. */
  private static Path safeChild(Path directory, String name) {
    if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
      throw new CommandFailure(
          CommandFailure.FAILED, "The sandbox offered a file with a name that is not one");
    }
    return directory.resolve(name);
  }
}
