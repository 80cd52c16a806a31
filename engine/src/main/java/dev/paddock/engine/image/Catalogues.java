package dev.paddock.engine.image;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Answers from memory what the storage holds. A hit costs no process and waits for nobody, because
 * the tools hold their lock as long as they unpack a layer; only a miss looks again, and only if
 * the storage has changed.
 */
final class Catalogues {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 3;
  private static final String ACTION = "Reading the image store";
  private static final String ID_PREFIX = "sha256:";

  private final StoreDirectories directories;
  private final ContainerTools tools;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile Snapshot current = new Snapshot("never", Catalogue.of(List.of()));

  Catalogues(StoreDirectories directories, ContainerTools tools) {
    this.directories = directories;
    this.tools = tools;
  }

  /** Looks something up, in the storage if memory does not have it. */
  <T> Optional<T> find(Function<Catalogue, Optional<T>> query) {
    Optional<T> known = query.apply(current.catalogue);
    return known.isPresent() ? known : query.apply(fresh());
  }

  /** What the storage holds now. */
  Catalogue fresh() {
    loading.lock();
    try {
      String stamp = stamp();
      if (!stamp.equals(current.stamp)) {
        current = new Snapshot(stamp, loadPatiently());
      }
      return current.catalogue;
    } catch (ToolFailure e) {
      throw new UnavailableException(
          "The image store cannot be read: "
              + Reasons.last(e.lastLines(), directories.data(), directories.run()),
          e);
    } finally {
      loading.unlock();
    }
  }

  private String stamp() {
    Path list = directories.imageList();
    try {
      BasicFileAttributes attributes = Files.readAttributes(list, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    } catch (NoSuchFileException e) {
      return "nothing";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image may go between being listed and being described. */
  private Catalogue loadPatiently() throws ToolFailure {
    for (int attempt = 1; ; attempt++) {
      try {
        return load();
      } catch (ToolFailure e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Catalogue load() throws ToolFailure {
    TreeSet<String> ids = new TreeSet<>();
    tools.run(
        List.of("podman", "images", "--all", "--quiet", "--no-trunc"),
        LIMIT,
        ACTION,
        line -> idIn(line).ifPresent(ids::add));
    if (ids.isEmpty()) {
      return Catalogue.of(List.of());
    }
    List<String> inspect =
        new ArrayList<>(List.of("podman", "image", "inspect", "--format", InspectedImages.FORMAT));
    inspect.addAll(ids);
    InspectedImages images = new InspectedImages(directories.empty());
    tools.run(inspect, LIMIT, ACTION, images::accept);
    return Catalogue.of(images.images());
  }

  private static Optional<String> idIn(String line) {
    return Optional.of(line)
        .filter(text -> text.startsWith(ID_PREFIX))
        .map(text -> text.substring(ID_PREFIX.length()))
        .filter(ImageReference::isId);
  }

  /** A catalogue and the state of the storage that it was read from. */
  private record Snapshot(String stamp, Catalogue catalogue) {}
}
