package dev.paddock.web;

import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, with a way to notice that it has gone while nobody waits for more of it: the
 * next read is begun early, and whoever needs its bytes later takes them from there.
 *
 * <p>All methods belong to the connection's thread; only the early read runs on another.
 */
final class LookAhead implements Supplier<byte @Nullable []> {
  private static final ThreadLocal<@Nullable LookAhead> CURRENT = new ThreadLocal<>();

  private final Supplier<byte @Nullable []> reads;
  private @Nullable CompletableFuture<byte @Nullable []> early;
  private volatile @Nullable Runnable onGone;

  LookAhead(Supplier<byte @Nullable []> reads) {
    this.reads = reads;
  }

  /**
   * Makes this the one of the connection that the calling thread serves, for as long as it lives.
   */
  LookAhead serving() {
    CURRENT.set(this);
    return this;
  }

  /** Runs {@code action} on another thread if the connection that this thread serves ends. */
  static void watch(Runnable action) {
    LookAhead current = CURRENT.get();
    if (current != null) {
      current.begin(action);
    }
  }

  /** Forgets the action. */
  static void unwatch() {
    LookAhead current = CURRENT.get();
    if (current != null) {
      current.onGone = null;
    }
  }

  private void begin(Runnable action) {
    onGone = action;
    if (early == null) {
      CompletableFuture<byte @Nullable []> result = new CompletableFuture<>();
      early = result;
      Thread.ofVirtual().name("look-ahead").start(() -> read(result));
    }
  }

  @Override
  public byte @Nullable [] get() {
    CompletableFuture<byte @Nullable []> begun = early;
    if (begun == null) {
      return reads.get();
    }
    early = null;
    try {
      return begun.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void read(CompletableFuture<byte @Nullable []> result) {
    while (!result.isDone()) {
      try {
        byte[] bytes = reads.get();
        if (bytes == null) {
          gone();
        }
        result.complete(bytes);
      } catch (RuntimeException e) {
        // A client that waits for its answer is silent for as long as that takes.
        if (onGone == null || !isTimeout(e)) {
          gone();
          result.completeExceptionally(e);
        }
      }
    }
  }

  private void gone() {
    Runnable action = onGone;
    if (action != null) {
      action.run();
    }
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
