package dev.paddock.cli.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prints what a WebSocket brings of a log, and tells whether the log ended or broke off. */
final class LogFollower implements WebSocket.Listener {
  private static final int CHECKS_PER_SILENCE = 4;

  private final MarkedLog log;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Optional<String> broken = Optional.empty();
  private volatile boolean printing;
  private volatile long heard = System.nanoTime();

  LogFollower(MarkedLog log) {
    this.log = log;
  }

  /**
   * Blocks until no more comes.
   *
   * @param silence how long the server may say nothing, not even a ping
   * @return why the log broke off; empty when it ended
   */
  Optional<String> await(Duration silence) throws InterruptedException {
    while (!ended.await(silence.toMillis() / CHECKS_PER_SILENCE, TimeUnit.MILLISECONDS)) {
      // Whoever pauses the output hears nothing meanwhile.
      if (!printing && System.nanoTime() - heard > silence.toNanos()) {
        return Optional.of("nothing was heard for " + silence.toSeconds() + " seconds");
      }
    }
    return broken;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    printing = true;
    log.print(data);
    heard = System.nanoTime();
    printing = false;
    socket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    heard = System.nanoTime();
    return WebSocket.Listener.super.onPing(socket, message);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    log.end();
    if (code != WebSocket.NORMAL_CLOSURE) {
      broken =
          Optional.of(
              reason.isBlank() ? "the server closed the connection (" + code + ")" : reason);
    }
    ended.countDown();
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    log.end();
    broken = Optional.of(error.toString());
    ended.countDown();
  }
}
