package dev.paddock.engine.host;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for work that was handed to a thread with special namespaces. */
public final class Tasks {
  private Tasks() {}

  /**
   * The work's result, or the very failure it ended with. An interrupt does not cut the wait short,
   * because the result is something that has to be given back: the work itself is bounded in time.
   */
  public static <T> T await(Future<T> work) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException("Work on another thread failed", e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
