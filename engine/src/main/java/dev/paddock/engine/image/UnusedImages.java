package dev.paddock.engine.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes images that lost their last name, unless sandboxes still stand on them. */
final class UnusedImages {
  private static final Logger LOG = LoggerFactory.getLogger(UnusedImages.class);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** A container list without containers is at most {@code []} or {@code null}. */
  private static final int NO_CONTAINERS = 5;

  /** From being handed out to standing in the records of a sandbox. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final StoreDirectories directories;
  private final ContainerTools tools;
  private final Catalogues catalogues;
  private final Predicate<String> inUse;
  private final Map<String, Long> leases = new ConcurrentHashMap<>();

  UnusedImages(
      StoreDirectories directories,
      ContainerTools tools,
      Catalogues catalogues,
      Predicate<String> inUse) {
    this.directories = directories;
    this.tools = tools;
    this.catalogues = catalogues;
    this.inUse = inUse;
  }

  /** Notes that a sandbox is about to be made from an image. */
  void lease(String id) {
    leases.put(id, System.nanoTime());
  }

  /** To be called while nothing is pulled or built. What cannot go now may go next time. */
  void remove() {
    try {
      removeLeftovers();
      leases.values().removeIf(since -> System.nanoTime() - since > LEASE.toNanos());
      List<String> garbage =
          catalogues.fresh().images().stream()
              .filter(image -> image.tags().isEmpty() && image.digests().isEmpty())
              .map(StoredImage::id)
              .filter(id -> !leases.containsKey(id) && !inUse.test(id))
              .toList();
      for (String id : garbage) {
        // Without --no-prune podman also takes nameless parents, which sandboxes may stand on.
        run("Removing an image", List.of("podman", "rmi", "--no-prune", id));
      }
      catalogues.fresh();
    } catch (ToolFailure e) {
      LOG.warn("Unused images stay for now: {}", e.lastLines());
    }
  }

  /** A killed build leaves the container that it worked in. */
  private void removeLeftovers() throws ToolFailure {
    try {
      if (Files.size(directories.containerList()) > NO_CONTAINERS) {
        run("Tidying up after builds", List.of("buildah", "rm", "--all"));
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String action, List<String> command) throws ToolFailure {
    tools.run(command, LIMIT, action, line -> {});
  }
}
