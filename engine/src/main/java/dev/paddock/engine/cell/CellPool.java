package dev.paddock.engine.cell;

import dev.paddock.engine.host.BackgroundThreads;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.PidFd;
import dev.paddock.model.failure.PaddockException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cells made ahead, so that a start is left with what depends on the sandbox. While half of them
 * are left, new ones are made in quiet moments only: a burst of starts is not to share the
 * processors with that. One thread makes them.
 */
public final class CellPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CellPool.class);
  private static final long QUIET_MILLIS = 500;
  private static final long FIRST_FILL_MILLIS = 3_000;

  private final CellMaker maker;
  private final int size;
  private final BlockingQueue<Cell> ready = new LinkedBlockingQueue<>();
  private final AtomicBoolean refillPlanned = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, BackgroundThreads.named("cell-maker"));
  private volatile long lastTaken;

  /**
   * A pool that will hold cells once {@link #fill} was called.
   *
   * @param size 0 or more; 0 makes each cell when it is asked for
   */
  public CellPool(CellMaker maker, int size) {
    this.maker = maker;
    this.size = size;
    // What is planned for later would keep the engine from closing until then.
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.lastTaken = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
  }

  /** Fills the pool in the background, once this process has had time to start. */
  public void fill() {
    plan(FIRST_FILL_MILLIS);
  }

  /** A cell from the pool, or a new one when the pool is empty. Blocks while one is made. */
  public Cell take() throws IOException {
    lastTaken = System.nanoTime();
    Cell cell = poll();
    plan(hasHalf() ? QUIET_MILLIS : 0);
    return cell == null ? maker.make() : cell;
  }

  private @Nullable Cell poll() throws ErrnoException {
    Cell cell = ready.poll();
    while (cell != null && hasEnded(cell)) {
      Cell ended = cell;
      thread.execute(() -> remove(ended));
      cell = ready.poll();
    }
    return cell;
  }

  private static boolean hasEnded(Cell cell) throws ErrnoException {
    return cell.process().handle().awaitExit(Duration.ZERO);
  }

  private void plan(long delayMillis) {
    if (size > 0 && refillPlanned.compareAndSet(false, true)) {
      var _ = thread.schedule(this::refill, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void refill() {
    refillPlanned.set(false);
    try {
      while (ready.size() < size && !thread.isShutdown()) {
        if (hasHalf() && !isQuiet()) {
          plan(QUIET_MILLIS);
          return;
        }
        ready.add(maker.makeAhead());
      }
    } catch (IOException | PaddockException e) {
      LOG.warn("No sandbox could be begun ahead", e);
    }
  }

  private boolean hasHalf() {
    return ready.size() >= (size + 1) / 2;
  }

  private boolean isQuiet() {
    return System.nanoTime() - lastTaken >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
  }

  private void remove(Cell cell) {
    try {
      maker.discard(cell);
    } catch (IOException e) {
      LOG.warn("What was begun ahead could not be removed", e);
    }
  }

  /** Removes the unused cells; what became of others goes on. */
  @Override
  public void close() {
    thread.shutdown();
    thread.close();
    ready.forEach(CellPool::kill);
    ready.forEach(this::remove);
  }

  /** All end at the same time, and are waited for afterwards. */
  private static void kill(Cell cell) {
    try {
      cell.process().handle().signal(PidFd.SIGKILL);
    } catch (ErrnoException e) {
      LOG.debug("A cell could not be ended at once", e);
    }
  }
}
