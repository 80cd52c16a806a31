package dev.paddock.engine.image;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What brings images into the storage. Each returns when the image is there. */
final class ImageTasks {
  private static final Duration TAG_LIMIT = Duration.ofMinutes(2);

  private final StoreDirectories directories;
  private final ContainerTools tools;
  private final ImageSettings settings;

  ImageTasks(StoreDirectories directories, ContainerTools tools, ImageSettings settings) {
    this.directories = directories;
    this.tools = tools;
    this.settings = settings;
  }

  /** Fetches an image from its registry; gives its id. */
  String pull(ImageReference reference, Consumer<String> progress) {
    try {
      return pull(
          "pull-policy.json",
          "docker://" + reference,
          "Pulling " + reference,
          new Progress(progress));
    } catch (ToolFailure e) {
      throw failure(
          e,
          "The image "
              + reference
              + " could not be pulled: "
              + Reasons.explain(Reasons.last(e.lastLines(), directories.data())));
    }
  }

  /** Takes an image out of an OCI image layout and names it; gives its id. */
  String importLayout(Path layout, String name, ImageReference reference) {
    Path link = directories.temporary().resolve("import-" + UUID.randomUUID());
    try {
      Files.createSymbolicLink(link, layout.toAbsolutePath());
      String entry = link.getFileName().toString();
      String id =
          pull("import-policy.json", "oci:" + entry + ":" + name, "Importing " + name, line -> {});
      tag(id, reference);
      untag(id, new ImageReference("localhost/" + entry, ":latest"));
      return id;
    } catch (ToolFailure e) {
      throw failure(
          e,
          "The image "
              + name
              + " could not be imported: "
              + Reasons.last(e.lastLines(), layout, directories.data()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(link);
    }
  }

  private String pull(String policy, String source, String action, Consumer<String> progress)
      throws ToolFailure {
    AtomicReference<String> id = new AtomicReference<>("");
    tools.run(
        List.of("buildah", "pull", "--signature-policy", configuration(policy), source),
        settings.pullLimit(),
        action,
        line -> {
          if (ImageReference.isId(line)) {
            id.set(line);
          } else {
            progress.accept(line);
          }
        });
    if (id.get().isEmpty()) {
      throw new UnavailableException(action + " gave no image");
    }
    return id.get();
  }

  /** Gives an image of the storage another name. */
  void tag(String id, ImageReference reference) {
    name(List.of("buildah", "tag", id, reference.toString()));
  }

  /** Takes a name off an image. */
  void untag(String id, ImageReference reference) {
    name(List.of("podman", "untag", id, reference.toString()));
  }

  private void name(List<String> command) {
    try {
      tools.run(command, TAG_LIMIT, "Naming an image", line -> {});
    } catch (ToolFailure e) {
      throw new UnavailableException(
          "An image's name could not be changed: "
              + Reasons.last(e.lastLines(), directories.data()),
          e);
    }
  }

  /** Runs a Dockerfile and stores what it makes under a name. */
  void build(
      Dockerfile dockerfile, Path context, ImageReference reference, Consumer<String> progress) {
    Path file = directories.temporary().resolve("dockerfile-" + UUID.randomUUID());
    try (BuildGroup group = BuildGroup.open(settings.buildProcesses())) {
      Files.writeString(file, dockerfile.text());
      tools.run(
          buildCommand(file, context, reference, group),
          settings.buildLimit(),
          "Building " + reference,
          new Progress(progress));
    } catch (ToolFailure e) {
      String end = Reasons.ending(e.lastLines(), context, file, directories.data());
      throw failure(e, "The image could not be built:\n" + end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  private List<String> buildCommand(
      Path file, Path context, ImageReference reference, BuildGroup group) {
    List<String> command = new ArrayList<>(List.of("buildah", "build"));
    command.addAll(List.of("--signature-policy", configuration("pull-policy.json")));
    command.addAll(List.of("--isolation", "oci", "--network", "private"));
    command.addAll(List.of("--runtime", directories.buildRuntime().toString()));
    command.addAll(List.of("--cap-drop", "CAP_MKNOD,CAP_NET_RAW,CAP_AUDIT_WRITE"));
    command.addAll(List.of("--memory", Long.toString(settings.buildMemoryBytes())));
    command.addAll(List.of("--cgroup-parent", group.stepPath()));
    command.addAll(List.of("--pull=false", "--no-cache", "--force-rm", "--format", "docker"));
    command.addAll(List.of("--file", file.toString(), "--tag", reference.toString()));
    command.add(context.toAbsolutePath().toString());
    return List.copyOf(command);
  }

  private String configuration(String name) {
    return directories.configuration(name).toString();
  }

  private static PaddockException failure(ToolFailure cause, String message) {
    if (Reasons.isFullDisk(cause.lastLines())) {
      return new OutOfSpaceException(
          "The host's disk is full; remove images or sandboxes and try again", cause);
    }
    return new InvalidException(message, cause);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
