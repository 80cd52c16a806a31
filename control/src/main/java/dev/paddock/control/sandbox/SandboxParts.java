package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Admission;
import dev.paddock.control.config.Defaults;
import dev.paddock.control.config.PublicAddresses;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.pool.WarmStock;
import dev.paddock.control.region.Regions;
import dev.paddock.control.secret.SecretBox;
import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.control.store.SandboxListing;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.runner.Runner;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * The parts of this package, put together.
 *
 * @param sandboxes the use cases
 * @param reconciler what repairs after crashes
 */
public record SandboxParts(Sandboxes sandboxes, Reconciler reconciler) {
  /**
   * What they need.
   *
   * @param store rows of single sandboxes
   * @param listing rows of many
   * @param box derives the keys of signed URLs
   * @param runner the host
   * @param images where images come from
   * @param snapshots what sandboxes are made from
   * @param regions where they run
   * @param addresses where clients reach them
   * @param defaults what applies when callers say nothing
   * @param admission what the host takes on
   * @param warm sandboxes that are ready to be put to use
   * @param background threads for work that outlasts a request
   * @param clock tells the time
   */
  public record Needs(
      SandboxStore store,
      SandboxListing listing,
      SecretBox box,
      Runner runner,
      ImageSource images,
      Snapshots snapshots,
      Regions regions,
      PublicAddresses addresses,
      Defaults defaults,
      Admission admission,
      WarmStock warm,
      ExecutorService background,
      Clock clock) {}

  /** Puts them together. */
  public static SandboxParts assemble(Needs needs) {
    SandboxStore store = needs.store();
    Runner runner = needs.runner();
    store.ensureRuntimes(needs.defaults().runtimes().usual());
    store.running().forEach(needs.admission()::adopt);
    Operations operations = new Operations();
    AccessCache access = new AccessCache(store);
    SandboxLauncher launcher = new SandboxLauncher(store, runner, access, needs.admission());
    SandboxBuilds builds =
        new SandboxBuilds(
            store,
            needs.images(),
            launcher,
            operations,
            needs.background(),
            needs.defaults().buildWait());
    SandboxTransitions transitions =
        new SandboxTransitions(store, runner, launcher, operations, access, needs.admission());
    SandboxRequests requests =
        new SandboxRequests(needs.snapshots(), needs.regions(), needs.defaults(), needs.clock());
    SandboxCreation creation =
        new SandboxCreation(
            requests, store, needs.images(), launcher, builds, operations, needs.warm());
    SandboxSettings settings =
        new SandboxSettings(
            store, access, new SigningKeys(needs.box()), needs.addresses(), needs.clock());
    Repairs repairs = new Repairs(store, runner, transitions, launcher, needs.admission());
    return new SandboxParts(
        new Sandboxes(store, needs.listing(), creation, transitions, settings, needs.images()),
        new Reconciler(
            store,
            runner,
            operations,
            needs.warm(),
            builds,
            launcher,
            repairs,
            needs.background()));
  }
}
