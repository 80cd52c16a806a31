package dev.paddock.control.pool;

import dev.paddock.control.admission.Admission;
import dev.paddock.control.region.Regions;
import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.control.store.SnapshotStore;
import dev.paddock.control.store.WarmPoolStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.runner.Runner;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The parts of this package, put together and kept going. */
public final class WarmPooling implements AutoCloseable {
  private final WarmStock stock = new WarmStock();
  private final Admission admission;
  private final WarmPools pools;
  private final WarmPoolLoop loop;

  /**
   * What they need.
   *
   * @param store rows of pools
   * @param snapshotStore rows of snapshots
   * @param snapshots use cases on them
   * @param regions where sandboxes run
   * @param runner the host
   * @param admission who is let in to it
   * @param organizationId whose the configured pools are
   * @param sizes of the configured pools, by name of snapshot
   * @param clock tells the time
   */
  public record Needs(
      WarmPoolStore store,
      SnapshotStore snapshotStore,
      Snapshots snapshots,
      Regions regions,
      Runner runner,
      Admission admission,
      String organizationId,
      Map<String, Integer> sizes,
      Clock clock) {}

  /** Puts them together. */
  public WarmPooling(Needs needs) {
    this.admission = needs.admission();
    BackOff backOff = new BackOff(needs.clock());
    this.loop =
        new WarmPoolLoop(
            new WarmPoolFiller(needs.store(), stock, needs.runner(), admission, backOff),
            new ConfiguredPools(
                needs.snapshotStore(),
                needs.store(),
                needs.organizationId(),
                needs.regions().resolve(Optional.empty()),
                needs.sizes()));
    this.pools =
        new WarmPools(
            needs.store(), stock, backOff, needs.snapshots(), needs.regions(), loop::wake);
    stock.onTaken(loop::wake);
    admission.onIdle(loop::retry);
    admission.onFull(loop::wake);
    needs.snapshots().onChange(loop::wake);
  }

  /** Begins to fill the pools, in the background. */
  public void start() {
    loop.start();
  }

  /** Use cases on pools. */
  public WarmPools pools() {
    return pools;
  }

  /** What can be claimed. */
  public WarmStock stock() {
    return stock;
  }

  /** A sandbox ended by itself; if it was a warm one, another takes its place. Never blocks. */
  public void ended(SandboxId id) {
    if (stock.lose(id)) {
      admission.release(id);
      loop.wake();
    }
  }

  /** Ends the filling. Warm sandboxes are left to the next start, which removes them. */
  @Override
  public void close() {
    loop.close();
  }
}
