package dev.paddock.proxy;

import dev.paddock.model.failure.UnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of preview hosts: {@code {port}-{sandboxId}.{domain}} leads to a port inside a
 * sandbox; the domain itself serves {@code /health} and {@code /toolbox/…}.
 *
 * <p>Speaks HTTP/1.1 on both sides, streams bodies of any length both ways at the reader's pace,
 * passes WebSockets and event streams, and cuts nothing off because it is silent. Thread-safe.
 */
public final class PreviewProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PreviewProxy.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final long SWEEP_MILLIS = 5_000;

  private final Vertx vertx;
  private final ExecutorService blocking;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<ProxyLoop> loops = new ArrayList<>();

  private PreviewProxy(int eventLoops) {
    vertx = Vertx.vertx(Transport.vertx(eventLoops));
    blocking =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("preview-lookup-", 0).factory());
  }

  /**
   * Starts serving; returns when connections are accepted.
   *
   * @throws UnavailableException when the address cannot be listened on
   */
  public static PreviewProxy start(ProxyConfig config, PreviewDirectory directory) {
    int eventLoops = Runtime.getRuntime().availableProcessors();
    PreviewProxy proxy = new PreviewProxy(eventLoops);
    try {
      proxy.listen(config, directory, eventLoops);
      return proxy;
    } catch (RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  private void listen(ProxyConfig config, PreviewDirectory directory, int eventLoops) {
    CachedDirectory cached = new CachedDirectory(directory, blocking);
    Activity activity = new Activity(directory::touched, blocking, System::nanoTime);
    vertx.setPeriodic(SWEEP_MILLIS, tick -> activity.sweep());
    for (int i = 0; i < eventLoops; i++) {
      ProxyLoop loop = new ProxyLoop(config, cached, activity);
      loops.add(loop);
      try {
        await(vertx.deployVerticle(loop), START_LIMIT);
      } catch (ExecutionException | TimeoutException e) {
        throw new UnavailableException(
            "Tried to serve previews on "
                + config.host()
                + ":"
                + config.port()
                + " but could not listen there; is another program using the port?",
            e);
      }
    }
  }

  /** The port that it listens on. */
  public int port() {
    return loops.getFirst().port();
  }

  /**
   * Stops accepting, lets open requests end for three seconds, then closes every connection.
   * Returns after eight seconds at the latest.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<Future<Void>> stopping = loops.stream().map(loop -> loop.shutdown(GRACE)).toList();
    try {
      await(Future.join(stopping), GRACE.plusSeconds(1));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Open previews are cut off", e);
    }
    try {
      await(vertx.close(), CLOSE_LIMIT.minusSeconds(1));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The preview proxy did not close in time", e);
    }
    blocking.shutdownNow();
  }

  private static <T> T await(Future<T> future, Duration limit)
      throws ExecutionException, TimeoutException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The preview proxy was interrupted.", e);
    }
  }
}
