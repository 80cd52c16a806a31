package dev.paddock.control.snapshot;

import dev.paddock.control.activity.LastUse;
import dev.paddock.control.config.Defaults;
import dev.paddock.control.image.ImagePlan;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.region.Regions;
import dev.paddock.control.store.SnapshotStore;
import dev.paddock.control.validation.Names;
import dev.paddock.control.validation.Sizes;
import dev.paddock.model.ImageInfo;
import dev.paddock.model.Page;
import dev.paddock.model.PageRequest;
import dev.paddock.model.Resources;
import dev.paddock.model.access.Caller;
import dev.paddock.model.access.Permission;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.snapshot.BuildInfo;
import dev.paddock.model.snapshot.BuildRequest;
import dev.paddock.model.snapshot.CreateSnapshot;
import dev.paddock.model.snapshot.Snapshot;
import dev.paddock.model.snapshot.SnapshotState;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Use cases on snapshots. Their images come in the background. */
public final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final Resources USUAL = new Resources(1, 1, 3);

  private final SnapshotStore store;
  private final ImageSource images;
  private final Regions regions;
  private final Defaults defaults;
  private final ExecutorService background;
  private final Clock clock;
  private final LastUse<String> lastUse;
  private final UsableSnapshots usable;
  private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

  /** On a store, an image source and threads for the background. */
  public Snapshots(
      SnapshotStore store,
      ImageSource images,
      Regions regions,
      Defaults defaults,
      ExecutorService background,
      Clock clock) {
    this.store = store;
    this.images = images;
    this.regions = regions;
    this.defaults = defaults;
    this.background = background;
    this.clock = clock;
    this.lastUse = new LastUse<>(clock, store::touch);
    this.usable = new UsableSnapshots(store);
  }

  /**
   * Makes sure of a snapshot that everybody may use, of an image that is in the store.
   *
   * @throws NotFoundException when the image is not
   */
  public Snapshot ensure(String name, String imageReference, Resources resources) {
    ImageInfo image =
        images
            .find(ImagePlan.pull(imageReference))
            .orElseThrow(() -> new NotFoundException("Image " + imageReference + " not found"));
    Snapshot ensured =
        store.upsertGeneral(
            general(
                name,
                imageReference,
                resources,
                SnapshotState.ACTIVE,
                OptionalLong.of(image.sizeBytes())));
    usable.clear();
    return ensured;
  }

  /**
   * Shows a snapshot that everybody may use as on its way, until {@link #ensure} or {@link
   * #cannotEnsure}. One that can be used already stays as it is.
   *
   * @param imageReference what its image will be called, as far as that is known
   */
  public void announce(String name, String imageReference, Resources resources) {
    store.announceGeneral(
        general(name, imageReference, resources, SnapshotState.PULLING, OptionalLong.empty()));
  }

  /**
   * Shows why an announced snapshot does not come. One that can be used already stays as it is.
   *
   * @param reason a sentence for a person
   */
  public void cannotEnsure(String name, String reason) {
    store.failGeneral(name, reason);
  }

  /**
   * Records a snapshot and brings its image in in the background. It answers {@code PULLING} or
   * {@code BUILDING}, or {@code ACTIVE} when the image is there already.
   *
   * @throws InvalidException when the request is not valid
   * @throws ConflictException when the name is taken
   */
  public Snapshot create(Caller caller, CreateSnapshot request) {
    caller.require(Permission.WRITE_SNAPSHOTS);
    ImagePlan plan = plan(request);
    Snapshot snapshot = describe(caller, request, plan);
    store
        .find(caller.organizationId(), snapshot.name())
        .filter(Snapshot::general)
        .ifPresent(taken -> {
          throw new ConflictException("Snapshot with name " + taken.name() + " already exists");
        });
    store.insert(snapshot);
    usable.clear();
    if (snapshot.state() != SnapshotState.ACTIVE) {
      provide(snapshot, plan);
    }
    return snapshot;
  }

  /**
   * A snapshot that the caller may use, by id or name.
   *
   * @throws NotFoundException when there is none
   */
  public Snapshot get(Caller caller, String idOrName) {
    return store
        .find(caller.organizationId(), idOrName)
        .orElseThrow(() -> new NotFoundException("Snapshot " + idOrName + " not found"));
  }

  /**
   * The snapshot that a sandbox is to be made from, by id or name; notes its use.
   *
   * @throws InvalidException when there is none or it is not active
   */
  public Snapshot use(Caller caller, String idOrName) {
    Snapshot snapshot =
        usable
            .get(caller.organizationId(), idOrName)
            .orElseThrow(() ->
                new InvalidException(
                    "Snapshot "
                        + idOrName
                        + " not found. Create it first, or choose one from the list"));
    if (snapshot.state() != SnapshotState.ACTIVE) {
      throw new InvalidException(notActive(snapshot));
    }
    lastUse.touch(snapshot.id());
    return snapshot;
  }

  /**
   * The snapshots that the caller may use, newest first.
   *
   * @param name part of the name, in any case
   */
  public Page<Snapshot> list(Caller caller, Optional<String> name, PageRequest page) {
    return store.page(caller.organizationId(), name, page);
  }

  /**
   * Removes a snapshot, and its image unless another snapshot or a sandbox needs it.
   *
   * @throws NotFoundException when the caller has none of that id
   * @throws ForbiddenException when it is everybody's
   */
  public void delete(Caller caller, String id) {
    caller.require(Permission.DELETE_SNAPSHOTS);
    Snapshot snapshot = get(caller, id);
    if (snapshot.general()) {
      throw new ForbiddenException(
          "Snapshot " + snapshot.name() + " belongs to the installation and cannot be deleted");
    }
    store.remove(snapshot.id());
    usable.clear();
    if (!store.isUsed(snapshot.reference())) {
      images.remove(snapshot.reference());
    }
  }

  /**
   * The log of the attempt to bring the image in.
   *
   * @param follow whether the stream waits for more until the attempt ends
   */
  public InputStream buildLog(Caller caller, String idOrName, boolean follow) {
    return images.log(get(caller, idOrName).reference(), follow);
  }

  /** Registers what to do after changes that sandboxes to come may notice; it must not block. */
  public void onChange(Runnable action) {
    usable.onChange(action);
  }

  /** Writes noted uses to disk. */
  public void flush() {
    lastUse.flush();
  }

  /** Goes on with what an earlier process did not finish. */
  public void resume() {
    for (Snapshot snapshot : store.unfinished()) {
      provide(snapshot, plan(snapshot));
    }
  }

  private void provide(Snapshot snapshot, ImagePlan plan) {
    if (inProgress.add(snapshot.id())) {
      background.execute(() -> {
        try {
          store.activate(snapshot.id(), images.provide(plan));
          usable.clear();
        } catch (PaddockException e) {
          fail(snapshot, e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("Snapshot {} failed", snapshot.name(), e);
          fail(snapshot, "The image could not be made because of an internal error");
        } finally {
          inProgress.remove(snapshot.id());
        }
      });
    }
  }

  private void fail(Snapshot snapshot, String reason) {
    if (background.isShutdown()) {
      return; // Interrupted, not failed: the next start goes on with it.
    }
    boolean built = snapshot.build().isPresent();
    store.fail(snapshot.id(), built ? SnapshotState.BUILD_FAILED : SnapshotState.ERROR, reason);
  }

  private Snapshot general(
      String name,
      String imageReference,
      Resources resources,
      SnapshotState state,
      OptionalLong sizeBytes) {
    return new Snapshot(
        UUID.randomUUID().toString(),
        Optional.empty(),
        Names.snapshot(name),
        Optional.of(imageReference),
        Optional.empty(),
        imageReference,
        state,
        Optional.empty(),
        sizeBytes,
        List.of(),
        resources,
        Optional.empty(),
        defaults.region(),
        now());
  }

  private static String notActive(Snapshot snapshot) {
    return switch (snapshot.state()) {
      case BUILDING, PULLING ->
          "Snapshot "
              + snapshot.name()
              + " is still "
              + snapshot.state().text()
              + ". Wait until it is active, and try again";
      default ->
          "Snapshot "
              + snapshot.name()
              + " cannot be used: "
              + snapshot.errorReason().orElse(snapshot.state().text());
    };
  }

  private Snapshot describe(Caller caller, CreateSnapshot request, ImagePlan plan) {
    Snapshot.Times times = now();
    Optional<ImageInfo> present = images.find(plan);
    SnapshotState coming =
        request.build().isPresent() ? SnapshotState.BUILDING : SnapshotState.PULLING;
    return new Snapshot(
        UUID.randomUUID().toString(),
        Optional.of(caller.organizationId()),
        Names.snapshot(request.name()),
        request.imageName(),
        request.build().map(build -> info(build, plan, times)),
        plan.reference(),
        present.isPresent() ? SnapshotState.ACTIVE : coming,
        Optional.empty(),
        present.map(image -> OptionalLong.of(image.sizeBytes())).orElse(OptionalLong.empty()),
        request.entrypoint(),
        Sizes.resolve(request.resources(), USUAL, defaults.limits()),
        defaults.runtimes().check(request.runtime()),
        regions.resolve(request.region()),
        times);
  }

  private static BuildInfo info(BuildRequest build, ImagePlan plan, Snapshot.Times times) {
    return new BuildInfo(
        build.dockerfile(),
        build.contextHashes(),
        plan.reference(),
        times.createdAt(),
        times.updatedAt());
  }

  private static ImagePlan plan(CreateSnapshot request) {
    if (request.imageName().isPresent() == request.build().isPresent()) {
      throw new InvalidException("Give either imageName or buildInfo");
    }
    return request
        .build()
        .map(ImagePlan::of)
        .orElseGet(() -> ImagePlan.pull(Names.pinnedImage(request.imageName().orElse(""))));
  }

  private static ImagePlan plan(Snapshot snapshot) {
    return snapshot
        .build()
        .map(build -> ImagePlan.of(new BuildRequest(build.dockerfile(), build.contextHashes())))
        .orElseGet(() -> ImagePlan.pull(snapshot.reference()));
  }

  private Snapshot.Times now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Snapshot.Times(now, now, Optional.empty());
  }
}
