package dev.paddock.engine.image;

import dev.paddock.engine.rootfs.OwnHostsFile;
import dev.paddock.model.ImageInfo;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.runner.RunnerImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The images of one host. Names are understood as people write them: {@code alpine} is {@code
 * docker.io/library/alpine:latest}. Equal pulls and builds at the same time share one run. Private
 * registries are reached with the credentials in {@code auth.json} of the store's directory, which
 * {@code buildah login --authfile} writes.
 */
public final class ImageStore implements RunnerImages {
  private final StoreDirectories directories;
  private final Catalogues catalogues;
  private final ImageTasks tasks;
  private final UnusedImages unused;
  private final SharedRuns<ImageInfo> runs = new SharedRuns<>();

  /** Whether the images of these ids take an {@link OwnHostsFile}. */
  private final Map<String, Boolean> ownHosts = new ConcurrentHashMap<>();

  /** Shared by what brings images in, exclusive for removing what looks unused meanwhile. */
  private final ReadWriteLock activity = new ReentrantReadWriteLock();

  /** A store with the default settings. */
  public ImageStore(Path directory, Path runDirectory, Predicate<String> inUse) {
    this(directory, runDirectory, inUse, ImageSettings.defaults());
  }

  /**
   * Opens a store, which at most one process may do at a time. Starts no process.
   *
   * @param directory holds the images; made when missing
   * @param runDirectory for what a reboot may lose; made when missing
   * @param inUse tells of an image's id whether a sandbox's files stand on it; such an image is
   *     kept when its last name goes
   */
  public ImageStore(
      Path directory, Path runDirectory, Predicate<String> inUse, ImageSettings settings) {
    try {
      this.directories = StoreDirectories.open(directory, runDirectory, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ContainerTools tools = new ContainerTools(directories);
    this.catalogues = new Catalogues(directories, tools);
    this.tasks = new ImageTasks(directories, tools, settings);
    this.unused = new UnusedImages(directories, tools, catalogues, inUse);
  }

  @Override
  public Optional<ImageInfo> find(String reference) {
    ImageReference name = ImageReference.parse(reference);
    return catalogues
        .find(catalogue -> catalogue.byName(name))
        .map(image -> image.named(reference));
  }

  @Override
  public List<ImageInfo> list() {
    return catalogues.fresh().images().stream()
        .flatMap(image -> image.tags().stream().map(image::named))
        .sorted(Comparator.comparing(ImageInfo::reference))
        .toList();
  }

  /**
   * The layers of an image. Costs no process once the image is known.
   *
   * @param referenceOrId a name, or an id of 64 hex digits, which also finds an image that lost its
   *     name and is still in use
   * @throws NotFoundException when the store does not have it
   */
  public RootLayers layers(String referenceOrId) {
    StoredImage image = require(referenceOrId);
    unused.lease(image.id());
    if (!image.layers().stream().allMatch(Files::isDirectory)) {
      throw new UnavailableException(
          "The image "
              + Output.printable(referenceOrId)
              + " is damaged on this host; remove it and pull or build it again");
    }
    return new RootLayers(image.named(referenceOrId), image.layers(), takesOwnHosts(image));
  }

  private boolean takesOwnHosts(StoredImage image) {
    return ownHosts.computeIfAbsent(
        image.id(),
        id -> {
          try {
            return OwnHostsFile.fits(image.layers());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private StoredImage require(String referenceOrId) {
    Optional<StoredImage> found;
    if (ImageReference.isId(referenceOrId)) {
      found = catalogues.find(catalogue -> catalogue.byId(referenceOrId));
    } else {
      ImageReference name = ImageReference.parse(referenceOrId);
      found = catalogues.find(catalogue -> catalogue.byName(name));
    }
    return found.orElseThrow(() ->
        new NotFoundException(
            "The image " + referenceOrId + " is not on this host; pull or build it first"));
  }

  @Override
  public ImageInfo pull(String reference, Consumer<String> progress) {
    return find(reference).orElseGet(() -> fetch(reference, progress));
  }

  private ImageInfo fetch(String reference, Consumer<String> progress) {
    ImageReference name = ImageReference.parse(reference);
    return runs.get(
        name, progress, shared -> bringIn(() -> stored(tasks.pull(name, shared)).named(reference)));
  }

  /** {@inheritDoc} A Dockerfile of one FROM alone only pulls what is missing, and names it. */
  @Override
  public ImageInfo build(
      String dockerfile, Path context, String reference, Consumer<String> progress) {
    Build build = new Build(new Dockerfile(dockerfile), context, ImageReference.parse(reference));
    ImageInfo built =
        runs.get(build, progress, shared -> bringIn(() -> run(build, reference, shared)));
    removeUnused();
    return built;
  }

  private ImageInfo run(Build build, String reference, Consumer<String> progress) {
    Optional<String> base = build.dockerfile.onlyBase();
    if (base.isPresent()) {
      progress.accept("STEP 1/1: FROM " + base.get());
      ImageReference name = ImageReference.parse(base.get());
      String id =
          catalogues
              .find(catalogue -> catalogue.byName(name))
              .map(StoredImage::id)
              .orElseGet(() -> tasks.pull(name, progress));
      tasks.tag(id, build.reference);
    } else {
      tasks.build(build.dockerfile, build.context, build.reference, progress);
    }
    catalogues.fresh();
    return require(build.reference.toString()).named(reference);
  }

  /**
   * Brings in an image from an OCI image layout.
   *
   * @param layout a directory with {@code oci-layout}, {@code index.json} and {@code blobs}
   * @param name the image's {@code org.opencontainers.image.ref.name} there
   * @param reference the name that it gets in this store
   * @throws dev.paddock.model.failure.InvalidException when the layout does not hold it
   */
  public ImageInfo importLayout(Path layout, String name, String reference) {
    ImageReference target = ImageReference.parse(reference);
    ImageInfo imported =
        bringIn(() -> stored(tasks.importLayout(layout, name, target)).named(reference));
    removeUnused();
    return imported;
  }

  @Override
  public void remove(String reference) {
    ImageReference name = ImageReference.parse(reference);
    catalogues
        .find(catalogue -> catalogue.byName(name))
        .ifPresent(image -> tasks.untag(image.id(), name));
    catalogues.fresh();
    removeUnused();
  }

  private StoredImage stored(String id) {
    Catalogue catalogue = catalogues.fresh();
    return catalogue
        .byId(id)
        .orElseThrow(() -> new UnavailableException("The image went away while it was brought in"));
  }

  private <T> T bringIn(Supplier<T> work) {
    activity.readLock().lock();
    try {
      return work.get();
    } finally {
      activity.readLock().unlock();
    }
  }

  /** While images are being made nothing is removed: the next chance will come. */
  private void removeUnused() {
    if (activity.writeLock().tryLock()) {
      try {
        unused.remove();
      } finally {
        activity.writeLock().unlock();
      }
    }
  }

  /** A build; equal ones are the same work. */
  private record Build(Dockerfile dockerfile, Path context, ImageReference reference) {}
}
