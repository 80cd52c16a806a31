package dev.paddock.toolbox.interpreter;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.web.WebSocketConnection;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one run at a time into a context, in the order of their arrival. Thread-safe. */
final class Turns {
  private static final int MOST_WAITING = 100;

  private final Map<Context, Queue<Place>> queues = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Whose turns. */
  record Context(String sandboxId, String id) {}

  /** A turn, which lasts until it is closed. */
  @FunctionalInterface
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** In a queue: true when the turn has come, false when the client has gone. */
  private static final class Place {
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
  }

  /**
   * Waits for the turn; empty when the client has gone meanwhile.
   *
   * @throws ConflictException when too many wait already
   */
  Optional<Turn> take(Context context, WebSocketConnection connection) {
    Place mine = arrive(context);
    connection.onEnd(() -> mine.turn.complete(false));
    if (mine.turn.join()) {
      return Optional.of(() -> leave(context, mine));
    }
    leave(context, mine);
    return Optional.empty();
  }

  private Place arrive(Context context) {
    Place mine = new Place();
    lock.lock();
    try {
      Queue<Place> queue = queues.computeIfAbsent(context, _ -> new ArrayDeque<>());
      if (queue.size() > MOST_WAITING) {
        throw new ConflictException("too many runs wait for this context");
      }
      queue.add(mine);
      if (queue.size() == 1) {
        mine.turn.complete(true);
      }
    } finally {
      lock.unlock();
    }
    return mine;
  }

  private void leave(Context context, Place mine) {
    lock.lock();
    try {
      Queue<Place> queue = Objects.requireNonNull(queues.get(context));
      queue.remove(mine);
      // One that has gone hands its turn on when it leaves.
      if (queue.isEmpty()) {
        queues.remove(context);
      } else {
        queue.element().turn.complete(true);
      }
    } finally {
      lock.unlock();
    }
  }
}
