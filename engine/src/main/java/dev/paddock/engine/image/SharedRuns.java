package dev.paddock.engine.image;

import dev.paddock.model.failure.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets callers who want the same work at the same time share one run of it. The run ends early when
 * all who wait for it are interrupted.
 *
 * @param <T> the work's result
 */
final class SharedRuns<T> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedRuns.class);

  private final ConcurrentHashMap<Object, Run<T>> running = new ConcurrentHashMap<>();

  /**
   * Waits for the result of work that is under way for an equal key, or else starts it.
   *
   * @param progress gets the lines that the work reports from now on, on another thread
   * @param work gets where to report to
   */
  T get(Object key, Consumer<String> progress, Function<Consumer<String>, T> work) {
    Run<T> run =
        running.compute(
            key,
            (same, existing) ->
                existing != null && existing.join(progress) ? existing : new Run<>(progress));
    if (run.claimStart()) {
      run.start(work, () -> running.remove(key, run));
    }
    return run.await(progress);
  }

  private static final class Run<T> {
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private int waiting = 1;
    private boolean started;
    private @Nullable Thread worker;

    Run(Consumer<String> first) {
      listeners.add(first);
    }

    /** Adds one who waits; refused once nobody waits any more. */
    synchronized boolean join(Consumer<String> progress) {
      if (waiting == 0) {
        return false;
      }
      waiting++;
      listeners.add(progress);
      return true;
    }

    synchronized boolean claimStart() {
      boolean mine = !started;
      started = true;
      return mine;
    }

    synchronized void start(Function<Consumer<String>, T> work, Runnable afterwards) {
      worker =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  T value = work.apply(this::report);
                  afterwards.run();
                  result.complete(value);
                } catch (RuntimeException | Error e) {
                  afterwards.run();
                  result.completeExceptionally(e);
                }
              });
    }

    private void report(String line) {
      listeners.forEach(listener -> report(listener, line));
    }

    /** One who cannot listen any more must not break the work that others wait for. */
    private void report(Consumer<String> listener, String line) {
      try {
        listener.accept(line);
      } catch (RuntimeException e) {
        listeners.remove(listener);
        LOG.debug("Progress of an image could not be delivered", e);
      }
    }

    T await(Consumer<String> progress) {
      try {
        return result.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnavailableException("Interrupted while an image was being made", e);
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw new IllegalStateException("An image's making broke off", e);
        }
      } finally {
        leave(progress);
      }
    }

    private synchronized void leave(Consumer<String> progress) {
      listeners.remove(progress);
      waiting--;
      if (waiting == 0 && worker != null && !result.isDone()) {
        worker.interrupt();
      }
    }
  }
}
