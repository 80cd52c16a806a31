package dev.paddock.engine.sandbox;

import dev.paddock.engine.host.Epoll;
import dev.paddock.engine.host.PidFd;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when processes end, from one thread for all of them. */
public final class ExitWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExitWatcher.class);
  private static final int ROUND_MILLIS = 500;

  private final Epoll epoll;
  private final Map<Long, CompletableFuture<Void>> watched = new ConcurrentHashMap<>();
  private final AtomicLong keys = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  public ExitWatcher() throws IOException {
    epoll = Epoll.create();
    thread = Thread.ofPlatform().daemon().name("exit-watcher").start(this::run);
  }

  /** A future that completes when the process ends, on a virtual thread of its own. */
  CompletableFuture<Void> watch(PidFd process) throws IOException {
    long key = keys.incrementAndGet();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    watched.put(key, ended);
    epoll.watch(process, key);
    return ended;
  }

  private void run() {
    while (!closed) {
      try {
        for (long key : epoll.await(ROUND_MILLIS)) {
          tell(key);
        }
      } catch (IOException e) {
        LOG.error("Ends of sandboxes are no longer noticed", e);
        return;
      }
    }
  }

  private void tell(long key) {
    CompletableFuture<Void> ended = watched.remove(key);
    if (ended != null) {
      Thread.startVirtualThread(() -> ended.complete(null));
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    epoll.close();
  }
}
