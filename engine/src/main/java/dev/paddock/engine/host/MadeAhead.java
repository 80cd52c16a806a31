package dev.paddock.engine.host;

import dev.paddock.model.failure.PaddockException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things of one kind that one thread makes before they are asked for. While half of them are left,
 * new ones are made in quiet moments only: a burst of starts is not to share the processors with
 * that. Methods may be called from any number of threads.
 *
 * @param <T> what is made
 */
public final class MadeAhead<T> {
  private static final Logger LOG = LoggerFactory.getLogger(MadeAhead.class);
  private static final long QUIET_MILLIS = 500;
  private static final long FIRST_FILL_MILLIS = 3_000;

  private final int size;
  private final Maker<T> maker;
  private final BlockingQueue<T> ready = new LinkedBlockingQueue<>();
  private final AtomicBoolean refillPlanned = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread;
  private volatile long lastTaken;

  /** Makes one; called by one thread at a time. */
  @FunctionalInterface
  public interface Maker<T> {
    /** A new one. Failing ends this filling, not later ones. */
    T make() throws IOException;
  }

  /**
   * Nothing is made before {@link #fill} or {@link #take}.
   *
   * @param threadName of the thread that makes them
   * @param size how many are kept, 0 or more
   */
  public MadeAhead(String threadName, int size, Maker<T> maker) {
    this.size = size;
    this.maker = maker;
    this.thread = new ScheduledThreadPoolExecutor(1, BackgroundThreads.named(threadName));
    // What is planned for later would keep the engine from closing until then.
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.lastTaken = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
  }

  /** Makes them in the background, once this process has had time to start. */
  public void fill() {
    plan(FIRST_FILL_MILLIS);
  }

  /** One of those at hand, if any; never waits. */
  public Optional<T> take() {
    lastTaken = System.nanoTime();
    Optional<T> taken = Optional.ofNullable(ready.poll());
    plan(hasHalf() ? QUIET_MILLIS : 0);
    return taken;
  }

  /** Has the thread that makes them do something else between two of them. */
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /** Waits for the one that is being made, makes no more, and hands over those that are left. */
  public List<T> stop() {
    thread.close();
    List<T> left = new ArrayList<>();
    ready.drainTo(left);
    return left;
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
        ready.add(maker.make());
      }
    } catch (IOException | PaddockException e) {
      LOG.warn("{} made nothing ahead", Thread.currentThread().getName(), e);
    }
  }

  private boolean hasHalf() {
    return ready.size() >= (size + 1) / 2;
  }

  private boolean isQuiet() {
    return System.nanoTime() - lastTaken >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
  }
}
