package dev.paddock.control.admission;

import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.TooManyWaitingException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.runner.HostCapacity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets creates and starts in, first come first served: so many at a time, and as long as what is
 * promised to running sandboxes stays within the host's limits. Who does not fit waits a bounded
 * time. The account is kept in memory; no query is made for it.
 *
 * <p>Nobody overtakes: a large sandbox that waits for room is not starved by small ones.
 */
public final class Admission {
  /** Free memory changes without anybody telling, so the first in the queue looks again. */
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

  private final AdmissionLimits limits;
  private final Supplier<HostCapacity> host;
  private final Allocations allocations;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Ticket> queue = new ArrayDeque<>();
  private int working;
  private long lastTurn = System.nanoTime();
  private volatile Runnable whenIdle = () -> {};
  private volatile Runnable whenFull = () -> {};

  private final class Ticket {
    private final Resources size;
    private final Condition turn = lock.newCondition();
    private boolean gone;

    Ticket(Resources size) {
      this.size = size;
    }
  }

  /**
   * An empty account.
   *
   * @param host tells what the host has, as of now
   */
  public Admission(AdmissionLimits limits, Supplier<HostCapacity> host) {
    this.limits = limits;
    this.host = host;
    this.allocations = new Allocations(limits);
  }

  /**
   * Lets a sandbox in, at once or after waiting.
   *
   * @param presence whether its caller still waits
   * @throws InvalidException when this host could never take it
   * @throws TooManyWaitingException when the queue is full
   * @throws HostFullException when its turn did not come in time
   */
  public Grant enter(SandboxId id, Resources size, Presence presence) {
    HostCapacity capacity = host.get();
    if (!allocations.isPossible(size, capacity)) {
      throw Refusals.impossible(size);
    }
    Ticket ticket;
    lock.lock();
    try {
      if (queue.isEmpty() && isFree(size, capacity)) {
        return grant(id, size);
      }
      if (queue.size() >= limits.waiting()) {
        throw Refusals.crowded();
      }
      ticket = new Ticket(size);
      queue.add(ticket);
    } finally {
      lock.unlock();
    }
    return await(ticket, id, presence);
  }

  /** Lets a sandbox in that nobody waits for: only while nobody else works or waits. */
  public Optional<Grant> enterIfIdle(SandboxId id, Resources size) {
    HostCapacity capacity = host.get();
    lock.lock();
    try {
      if (working > 0 || !queue.isEmpty() || !allocations.hasRoom(size, capacity)) {
        return Optional.empty();
      }
      allocations.add(id, size);
      return Optional.of(new Grant(id, false));
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody works or waits, nor did for so long. */
  public boolean isQuiet(Duration time) {
    lock.lock();
    try {
      return working == 0 && queue.isEmpty() && System.nanoTime() - lastTurn >= time.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** Lets in at once who only puts a sandbox to use that has its room already. */
  public Grant claim(SandboxId id, Resources size) {
    lock.lock();
    try {
      return grant(id, size);
    } finally {
      lock.unlock();
    }
  }

  /** Counts a sandbox that runs without having been let in. */
  public void adopt(SandboxId id, Resources size) {
    locked(() -> allocations.add(id, size));
  }

  /** A sandbox does not run any more; what it had is free. Absent is fine. */
  public void release(SandboxId id) {
    locked(() -> {
      allocations.remove(id);
      wakeFirst();
    });
  }

  /** Registers what to do whenever nobody works or waits any more; it must not block. */
  public void onIdle(Runnable action) {
    whenIdle = action;
  }

  /** Registers what to do whenever the first in the queue finds no room; it must not block. */
  public void onFull(Runnable action) {
    whenFull = action;
  }

  /** Whether somebody waits, and not only for a turn. */
  public boolean lacksRoom() {
    HostCapacity capacity = host.get();
    lock.lock();
    try {
      Ticket first = queue.peek();
      return first != null && !allocations.hasRoom(first.size, capacity);
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private Grant await(Ticket ticket, SandboxId id, Presence presence) {
    long deadline = System.nanoTime() + limits.patience().toNanos();
    try {
      presence.onGone(() -> locked(() -> leave(ticket)));
      while (true) {
        HostCapacity capacity = host.get();
        lock.lock();
        try {
          boolean first = queue.peek() == ticket;
          if (first && isFree(ticket.size, capacity)) {
            return grant(id, ticket.size);
          }
          if (first && !allocations.hasRoom(ticket.size, capacity)) {
            whenFull.run();
          }
          long left = deadline - System.nanoTime();
          if (ticket.gone || left <= 0) {
            throw refused(ticket, capacity);
          }
          ticket.turn.awaitNanos(first ? Math.min(left, LOOK_AGAIN) : left);
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The server is stopping", e);
    } finally {
      locked(() -> {
        queue.remove(ticket);
        wakeFirst();
      });
    }
  }

  private void leave(Ticket ticket) {
    ticket.gone = true;
    ticket.turn.signal();
  }

  private PaddockException refused(Ticket ticket, HostCapacity capacity) {
    if (ticket.gone) {
      return new UnavailableException("Nobody waits for this sandbox any more");
    }
    return allocations.hasRoom(ticket.size, capacity) ? Refusals.busy() : Refusals.full();
  }

  private boolean isFree(Resources size, HostCapacity capacity) {
    return working < limits.atOnce() && allocations.hasRoom(size, capacity);
  }

  private Grant grant(SandboxId id, Resources size) {
    working++;
    allocations.add(id, size);
    return new Grant(id, true);
  }

  private void wakeFirst() {
    Ticket first = queue.peek();
    if (first != null) {
      first.turn.signal();
    } else if (working == 0) {
      whenIdle.run();
    }
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Room for one sandbox, and a turn to make it. Closing it gives back what is left of both. */
  public final class Grant implements AutoCloseable {
    private final SandboxId id;
    private boolean turn;
    private boolean kept;

    private Grant(SandboxId id, boolean turn) {
      this.id = id;
      this.turn = turn;
    }

    /** The host's part is done, so the next one's turn begins. */
    public void worked() {
      locked(this::endTurn);
    }

    /** The sandbox runs and keeps its room until {@link #release}. */
    public void keep() {
      kept = true;
    }

    @Override
    public void close() {
      locked(() -> {
        if (!kept) {
          allocations.remove(id);
        }
        endTurn();
        wakeFirst();
      });
    }

    private void endTurn() {
      if (turn) {
        turn = false;
        working--;
        lastTurn = System.nanoTime();
        wakeFirst();
      }
    }
  }
}
