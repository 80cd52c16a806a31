package dev.paddock.engine.slot;

import dev.paddock.engine.cgroup.ControlGroups;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.Tasks;
import dev.paddock.engine.network.NetworkBlock;
import dev.paddock.engine.network.SandboxNetwork;
import dev.paddock.engine.rootfs.IdRange;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots made ahead, and used again: making a network takes longer than all else that a start does,
 * and removing one holds up everybody's. The network of an unused slot is only held by descriptors
 * of this process, so nothing of it is left when the process dies; control groups of its last
 * holder are removed by the next process. One thread makes and removes slots.
 */
public final class SlotPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotPool.class);

  /** A burst of starts is not to share the processors with the making of slots. */
  private static final long QUIET_MILLIS = 500;

  private final NetworkBlock block;
  private final ControlGroups cgroups;
  private final IdMaps idMapMaker;
  private final int size;
  private final ScheduledExecutorService maker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slot-maker").factory());
  private final SandboxNetwork networks;
  private final ReentrantLock lock = new ReentrantLock();
  private final BitSet taken = new BitSet(NetworkBlock.SLOTS);
  private final Deque<Slot> ready = new ArrayDeque<>();
  private final Map<Integer, Slot> lent = new HashMap<>();
  private final Map<Integer, Fd> idMaps = new HashMap<>();
  private final AtomicBoolean fillPlanned = new AtomicBoolean();
  private volatile boolean filling;

  /**
   * A pool that keeps up to {@code size} unused slots, and makes as many ahead once {@link #fill}
   * was called.
   *
   * @param size 0 or more; 0 makes each slot when it is asked for
   */
  public SlotPool(NetworkBlock block, int size, ControlGroups cgroups, IdMaps idMapMaker)
      throws IOException {
    this.block = block;
    this.cgroups = cgroups;
    this.idMapMaker = idMapMaker;
    this.size = size;
    this.networks = Tasks.await(maker.submit(() -> new SandboxNetwork(block)));
  }

  /** Marks the slot of a sandbox that runs already. */
  public void adopt(int index) {
    lock.lock();
    try {
      taken.set(index);
    } finally {
      lock.unlock();
    }
  }

  /** Starts to fill the pool in the background, and keeps it full from then on. */
  public void fill() {
    filling = size > 0;
    maker.execute(this::makeReady);
  }

  /** A slot from the pool, or a new one when the pool is empty. Blocks while one is made. */
  public Slot take() throws IOException {
    Slot slot = poll();
    if (slot == null) {
      slot = Tasks.await(maker.submit(this::pollOrMake));
    }
    if (filling && fillPlanned.compareAndSet(false, true)) {
      var _ = maker.schedule(this::makeReady, QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
    return slot;
  }

  /**
   * Gives back what a sandbox had whose processes have all ended. A slot that is not needed any
   * more is cut off in the background.
   */
  public void release(int index) {
    lock.lock();
    try {
      Slot slot = lent.get(index);
      if (slot != null && ready.size() < size) {
        lent.remove(index);
        ready.add(slot);
        return;
      }
    } finally {
      lock.unlock();
    }
    maker.execute(() -> free(index));
  }

  private Slot pollOrMake() throws IOException {
    Slot slot = poll();
    if (slot == null) {
      slot = make();
      lend(slot);
    }
    return slot;
  }

  private @Nullable Slot poll() {
    lock.lock();
    try {
      Slot slot = ready.poll();
      if (slot != null) {
        lent.put(slot.index(), slot);
      }
      return slot;
    } finally {
      lock.unlock();
    }
  }

  private void lend(Slot slot) {
    lock.lock();
    try {
      lent.put(slot.index(), slot);
    } finally {
      lock.unlock();
    }
  }

  private void makeReady() {
    fillPlanned.set(false);
    try {
      while (readyCount() < size && !maker.isShutdown()) {
        Slot slot = make();
        lock.lock();
        try {
          ready.add(slot);
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException | UnavailableException e) {
      LOG.warn("No sandbox network could be made ahead", e);
    }
  }

  private int readyCount() {
    lock.lock();
    try {
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  private Slot make() throws IOException {
    int index = reserve();
    try {
      IdRange ids = IdRange.of(block.index(), index);
      Fd idMap = idMaps.get(index);
      if (idMap == null) {
        idMap = idMapMaker.make(ids.first(), IdRange.SIZE);
        idMaps.put(index, idMap);
      }
      return new Slot(index, ids, idMap, block.address(index), networks.create(index));
    } catch (IOException | RuntimeException e) {
      unreserve(index);
      throw e;
    }
  }

  private int reserve() {
    lock.lock();
    try {
      int index = taken.nextClearBit(0);
      if (index >= NetworkBlock.SLOTS) {
        throw new UnavailableException(
            "This host runs "
                + NetworkBlock.SLOTS
                + " sandboxes, which is the most it can; stop one");
      }
      taken.set(index);
      return index;
    } finally {
      lock.unlock();
    }
  }

  private void unreserve(int index) {
    lock.lock();
    try {
      taken.clear(index);
    } finally {
      lock.unlock();
    }
  }

  private void free(int index) {
    try {
      close(index);
      networks.remove(index);
      cgroups.remove(Slot.group(index));
      unreserve(index);
    } catch (IOException e) {
      LOG.warn("Slot {} could not be removed, and stays unused", index, e);
    }
  }

  private void close(int index) {
    lock.lock();
    try {
      Slot slot = lent.remove(index);
      if (slot != null) {
        slot.network().close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops the unused slots; used ones go on. */
  @Override
  public void close() {
    maker.shutdown();
    maker.close();
    takeUnused().forEach(this::drop);
    lent.values().forEach(slot -> slot.network().close());
    networks.close();
    idMaps.values().forEach(Fd::close);
  }

  private List<Slot> takeUnused() {
    lock.lock();
    try {
      List<Slot> unused = List.copyOf(ready);
      ready.clear();
      return unused;
    } finally {
      lock.unlock();
    }
  }

  private void drop(Slot slot) {
    slot.network().close();
    try {
      cgroups.remove(slot.group());
    } catch (IOException e) {
      LOG.warn("The control groups of unused slot {} could not be removed", slot.index(), e);
    }
  }
}
