package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.PaddockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run before its time: first as Ctrl-C would, which leaves the interpreter its variables,
 * then with the interpreter. Thread-safe.
 */
final class Interruption implements AutoCloseable {
  private static final int SIGINT = 2;
  private static final int SIGKILL = 9;

  /** How long code may take to heed an interrupt. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** How long an interpreter may take to begin: it may have to start on a busy machine. */
  private static final Duration BEGIN = Duration.ofSeconds(30);

  /** After this long one that a predecessor of this program left is taken for busy. */
  private static final Duration LEFT_BUSY = Duration.ofSeconds(2);

  private final AgentClient agent;
  private final String processId;
  private final Run run;
  private final ScheduledExecutorService clock;
  private final List<Future<?>> timers = new ArrayList<>();
  private @Nullable Reason reason;
  private boolean begun;
  private boolean over;
  private boolean killed;

  /** Why. */
  enum Reason {
    TIMED_OUT,
    CLIENT_GONE,
    DEAF
  }

  Interruption(AgentClient agent, String processId, Run run, ScheduledExecutorService clock) {
    this.agent = agent;
    this.processId = processId;
    this.run = run;
    this.clock = clock;
  }

  /**
   * The run was asked for.
   *
   * @param mayBeBusy whether the interpreter may still work for a predecessor of this program
   */
  void requested(boolean mayBeBusy) {
    if (mayBeBusy) {
      after(LEFT_BUSY, this::interruptPredecessor);
    }
    after(BEGIN, this::giveUp);
  }

  /** The interpreter works on the run, which may take this long. */
  synchronized void begun(Duration limit) {
    if (begun) {
      return;
    }
    begun = true;
    if (reason != null) {
      // A signal before this moment would have met nothing.
      interrupt();
    } else if (limit.isPositive()) {
      after(limit, () -> request(Reason.TIMED_OUT));
    }
  }

  /** Ends the run, unless it is ending for another reason. */
  synchronized void request(Reason why) {
    if (reason == null && !over) {
      reason = why;
      if (begun) {
        interrupt();
      }
    }
  }

  /** Why the run is ending before its time, if it is. */
  synchronized Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  /** Whether the interpreter had to go. */
  synchronized boolean hasKilled() {
    return killed;
  }

  private void interrupt() {
    Thread.ofVirtual().name("interpreter-interrupt").start(this::signal);
    after(GRACE, this::kill);
  }

  private synchronized void interruptPredecessor() {
    if (!begun) {
      signal();
    }
  }

  private synchronized void signal() {
    if (!over) {
      signal(SIGINT);
    }
  }

  /** Called with the lock held, lest the signal reach the interpreter of the next run. */
  private void signal(int signal) {
    try {
      agent.signalProcess(processId, signal, true);
    } catch (PaddockException ended) {
      // Then there is nothing to end, and the run's output has ended.
      return;
    }
  }

  private void giveUp() {
    synchronized (this) {
      if (begun || over) {
        return;
      }
      reason = Reason.DEAF;
    }
    kill();
  }

  private void kill() {
    synchronized (this) {
      if (over) {
        return;
      }
      killed = true;
      signal(SIGKILL);
    }
    run.close();
  }

  private synchronized void after(Duration delay, Runnable action) {
    timers.add(
        clock.schedule(
            () -> Thread.ofVirtual().name("interpreter-clock").start(action),
            delay.toMillis(),
            TimeUnit.MILLISECONDS));
  }

  /** The run is over, and whatever its context does next is not interrupted any more. */
  @Override
  public synchronized void close() {
    over = true;
    timers.forEach(timer -> timer.cancel(false));
  }
}
