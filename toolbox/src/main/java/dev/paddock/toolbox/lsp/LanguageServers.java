package dev.paddock.toolbox.lsp;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The language servers that run, of all sandboxes. Thread-safe. */
final class LanguageServers implements AutoCloseable {
  /** Each takes some hundred MiB of its sandbox. */
  private static final int MOST_PER_SANDBOX = 8;

  private static final long LOOK_SECONDS = 60;

  private final Map<Key, CompletableFuture<LanguageServer>> servers = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("language-servers").factory());
  private final Duration patience;
  private final Future<?> looks;

  /**
   * Which server.
   *
   * @param project an absolute path
   */
  record Key(String sandboxId, Language language, String project) {}

  /**
   * @param patience how long one that nobody asks anything may go on
   */
  LanguageServers(Duration patience) {
    this.patience = patience;
    this.looks =
        clock.scheduleWithFixedDelay(this::endIdle, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Starts one unless it runs, and waits until it is ready. */
  void start(Key key, AgentClient agent) {
    CompletableFuture<LanguageServer> mine = new CompletableFuture<>();
    CompletableFuture<LanguageServer> other = servers.putIfAbsent(key, mine);
    if (other != null) {
      await(other);
      return;
    }
    try {
      requireRoom(key);
      LanguageServer started =
          LanguageServer.start(
              agent, key.language(), key.project(), () -> servers.remove(key, mine));
      if (!mine.complete(started)) {
        started.kill();
      }
    } catch (RuntimeException failure) {
      servers.remove(key, mine);
      mine.completeExceptionally(failure);
      throw failure;
    }
  }

  /**
   * One that runs.
   *
   * @throws InvalidException when it was not started, or has ended
   */
  LanguageServer require(Key key) {
    CompletableFuture<LanguageServer> server = servers.get(key);
    if (server == null) {
      throw new InvalidException(
          "no language server for "
              + key.language().id()
              + " runs in this project; start it first");
    }
    return await(server);
  }

  /** Ends one, if it runs. */
  void stop(Key key) {
    Optional.ofNullable(servers.remove(key))
        .map(LanguageServers::await)
        .ifPresent(LanguageServer::close);
  }

  private void requireRoom(Key key) {
    long others =
        servers.keySet().stream().filter(one -> one.sandboxId().equals(key.sandboxId())).count();
    if (others > MOST_PER_SANDBOX) {
      throw new ConflictException(
          MOST_PER_SANDBOX + " language servers run in this sandbox already; stop one first");
    }
  }

  private static LanguageServer await(CompletableFuture<LanguageServer> server) {
    try {
      return server.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof PaddockException failure) {
        throw failure;
      }
      throw failed;
    }
  }

  void endIdle() {
    servers.forEach((key, server) -> {
      if (isReady(server) && server.resultNow().idle().compareTo(patience) > 0) {
        // Saying goodbye takes a while, and there may be others.
        Thread.ofVirtual().name("language-server-end").start(() -> stop(key));
      }
    });
  }

  /** Ends all, those included that are still starting. */
  @Override
  public void close() {
    looks.cancel(false);
    clock.shutdownNow();
    UnavailableException stopping = new UnavailableException("the server is stopping");
    for (CompletableFuture<LanguageServer> server : servers.values()) {
      if (!server.completeExceptionally(stopping) && isReady(server)) {
        server.resultNow().kill();
      }
    }
  }

  private static boolean isReady(CompletableFuture<LanguageServer> server) {
    return server.state() == Future.State.SUCCESS;
  }
}
