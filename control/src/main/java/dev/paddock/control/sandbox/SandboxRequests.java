package dev.paddock.control.sandbox;

import dev.paddock.control.config.Defaults;
import dev.paddock.control.image.ImagePlan;
import dev.paddock.control.region.Regions;
import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.control.validation.Names;
import dev.paddock.control.validation.Pairs;
import dev.paddock.control.validation.Sizes;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.NetworkSettings;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxOrigin;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import dev.paddock.model.sandbox.SandboxTimes;
import dev.paddock.model.snapshot.BuildInfo;
import dev.paddock.model.snapshot.BuildRequest;
import dev.paddock.model.snapshot.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a request into the sandbox that it means, or says what is wrong with it. */
final class SandboxRequests {
  /** Sizes of a sandbox that is made from a Dockerfile and names none. */
  private static final Resources USUAL = new Resources(2, 4, 10);

  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");

  private final Snapshots snapshots;
  private final Regions regions;
  private final Defaults defaults;
  private final Clock clock;

  SandboxRequests(Snapshots snapshots, Regions regions, Defaults defaults, Clock clock) {
    this.snapshots = snapshots;
    this.regions = regions;
    this.defaults = defaults;
    this.clock = clock;
  }

  /**
   * A sandbox to be made.
   *
   * @param sandbox its record, in state {@code CREATING}
   * @param plan how its image is had, when it comes from a Dockerfile
   */
  record Draft(Sandbox sandbox, Optional<ImagePlan> plan) {}

  /**
   * What the sandbox is made from.
   *
   * @param runtime what it asks for, if anything
   */
  private record Source(SandboxOrigin origin, Resources resources, Optional<String> runtime) {}

  /**
   * Checks the request.
   *
   * @throws InvalidException naming the first thing that is wrong
   */
  Draft draft(Caller caller, CreateSandbox request) {
    requireSupported(request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<ImagePlan> plan = request.build().map(ImagePlan::of);
    Source source =
        plan.isPresent()
            ? fromBuild(request, request.build().get(), plan.get(), now)
            : fromSnapshot(caller, request);
    SandboxId id = SandboxId.random();
    Sandbox sandbox =
        new Sandbox(
            id,
            caller.organizationId(),
            given(request.name()).map(name -> Names.display("name", name)).orElse(id.value()),
            regions.resolve(request.target()),
            source.origin(),
            given(request.user()).map(SandboxRequests::user).orElse(""),
            Pairs.environment(request.env()),
            Pairs.labels(request.labels()),
            source.resources(),
            defaults.runtimes().choose(request.runtime(), source.runtime()),
            request.isPublic(),
            request.network(),
            intervals(request),
            SandboxStatus.of(SandboxState.CREATING, DesiredState.STARTED),
            new SandboxTimes(now, now, now));
    return new Draft(sandbox, plan);
  }

  /** The interval until a stop, checked. */
  static int autoStop(int minutes) {
    if (minutes < 0) {
      throw new InvalidException("autoStopInterval must not be negative; 0 turns it off");
    }
    return minutes;
  }

  /** The interval until archiving, checked; 0 means the longest. */
  static int autoArchive(int minutes) {
    if (minutes < 0 || minutes > AutoIntervals.MAX_ARCHIVE) {
      throw new InvalidException(
          "autoArchiveInterval must be between 0 and " + AutoIntervals.MAX_ARCHIVE);
    }
    return minutes == 0 ? AutoIntervals.MAX_ARCHIVE : minutes;
  }

  /** The interval until deletion; anything negative turns it off. */
  static int autoDelete(int minutes) {
    return Math.max(minutes, -1);
  }

  private static AutoIntervals intervals(CreateSandbox request) {
    return new AutoIntervals(
        autoStop(request.autoStop().orElse(AutoIntervals.DEFAULT.stop())),
        autoArchive(request.autoArchive().orElse(AutoIntervals.DEFAULT.archive())),
        autoDelete(request.autoDelete().orElse(AutoIntervals.DEFAULT.delete())));
  }

  /** What would silently be missing is refused: a caller may rely on it for safety. */
  private static void requireSupported(CreateSandbox request) {
    if (!request.unsupported().isEmpty()) {
      throw new InvalidException(
          "This server does not support "
              + String.join(", ", request.unsupported().stream().sorted().toList())
              + "; leave it out");
    }
    if (!request.network().equals(NetworkSettings.OPEN)) {
      throw new InvalidException(
          "This server does not restrict a sandbox's network yet; leave networkBlockAll,"
              + " networkAllowList and domainAllowList out");
    }
    if (request.build().isPresent() && given(request.snapshot()).isPresent()) {
      throw new InvalidException("Give either a snapshot or buildInfo, not both");
    }
  }

  private Source fromSnapshot(Caller caller, CreateSandbox request) {
    if (!request.resources().isEmpty()) {
      throw new InvalidException("Cannot specify Sandbox resources when using a snapshot");
    }
    String name = given(request.snapshot()).orElse(defaults.snapshot());
    Snapshot snapshot = snapshots.use(caller, name);
    SandboxOrigin origin =
        new SandboxOrigin(
            Optional.of(snapshot.name()),
            Optional.empty(),
            snapshot.reference(),
            snapshot.entrypoint());
    return new Source(origin, snapshot.resources(), snapshot.runtime());
  }

  private Source fromBuild(CreateSandbox request, BuildRequest build, ImagePlan plan, Instant now) {
    BuildInfo info =
        new BuildInfo(build.dockerfile(), build.contextHashes(), plan.reference(), now, now);
    SandboxOrigin origin =
        new SandboxOrigin(Optional.empty(), Optional.of(info), plan.reference(), List.of());
    Resources resources = Sizes.resolve(request.resources(), USUAL, defaults.limits());
    return new Source(origin, resources, Optional.empty());
  }

  private static String user(String user) {
    if (!USER.matcher(user).matches()) {
      throw new InvalidException("user must be a user's name or number");
    }
    return user;
  }

  private static Optional<String> given(Optional<String> text) {
    return text.filter(value -> !value.isEmpty());
  }
}
