package dev.paddock.control.pool;

import dev.paddock.control.region.Regions;
import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.control.store.WarmPoolStore;
import dev.paddock.model.access.Caller;
import dev.paddock.model.access.Permission;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.pool.WarmPool;
import dev.paddock.model.pool.WarmPoolStatus;
import dev.paddock.model.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Use cases on warm pools. Their sandboxes come and go in the background. */
public final class WarmPools {
  private static final int LARGEST = 1_000;

  private final WarmPoolStore store;
  private final WarmStock stock;
  private final BackOff backOff;
  private final Snapshots snapshots;
  private final Regions regions;
  private final Runnable changed;

  /**
   * @param changed is run after every change; it must not block
   */
  WarmPools(
      WarmPoolStore store,
      WarmStock stock,
      BackOff backOff,
      Snapshots snapshots,
      Regions regions,
      Runnable changed) {
    this.store = store;
    this.stock = stock;
    this.backOff = backOff;
    this.snapshots = snapshots;
    this.regions = regions;
    this.changed = changed;
  }

  /** The caller's pools, oldest first. */
  public List<WarmPoolStatus> list(Caller caller) {
    return store.list(caller.organizationId()).stream().map(this::status).toList();
  }

  /**
   * Keeps sandboxes of a snapshot ready.
   *
   * @param snapshot its id or name
   * @param size how many, 0 to 1000
   * @param target id of the region; absent means the default one
   * @throws NotFoundException when there is no such snapshot
   * @throws InvalidException when the size is out of range
   * @throws ConflictException when the snapshot has a pool already
   */
  public WarmPoolStatus create(Caller caller, String snapshot, int size, Optional<String> target) {
    caller.require(Permission.WRITE_SANDBOXES);
    requireSize(size);
    Snapshot found = snapshots.get(caller, snapshot);
    String id = UUID.randomUUID().toString();
    store.insert(id, caller.organizationId(), found.id(), regions.resolve(target), size);
    changed.run();
    return get(caller, id);
  }

  /**
   * Changes how many are kept ready; 0 drains the pool.
   *
   * @throws NotFoundException when the caller has no pool of that id
   * @throws InvalidException when the size is out of range
   */
  public WarmPoolStatus resize(Caller caller, String id, int size) {
    caller.require(Permission.WRITE_SANDBOXES);
    requireSize(size);
    if (!store.resize(caller.organizationId(), id, size)) {
      throw missing(id);
    }
    changed.run();
    return get(caller, id);
  }

  /**
   * Removes a pool with its sandboxes.
   *
   * @throws NotFoundException when the caller has no pool of that id
   */
  public void delete(Caller caller, String id) {
    caller.require(Permission.WRITE_SANDBOXES);
    if (!store.remove(caller.organizationId(), id)) {
      throw missing(id);
    }
    changed.run();
  }

  private WarmPoolStatus get(Caller caller, String id) {
    return store.find(caller.organizationId(), id).map(this::status).orElseThrow(() -> missing(id));
  }

  private WarmPoolStatus status(WarmPool pool) {
    Optional<String> reason = pool.obstacle().or(() -> backOff.reason(pool.id()));
    return new WarmPoolStatus(pool, stock.ready(pool.id()), reason);
  }

  private static void requireSize(int size) {
    if (size < 0 || size > LARGEST) {
      throw new InvalidException("pool must be between 0 and " + LARGEST);
    }
  }

  private static NotFoundException missing(String id) {
    return new NotFoundException("Warm pool " + id + " not found");
  }
}
