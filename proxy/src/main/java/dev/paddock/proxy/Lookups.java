package dev.paddock.proxy;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of question to the directory, answered from memory for a short while. A question that
 * many requests ask at once is asked once. Failures are remembered like answers, so that a flood of
 * requests for something broken does not become a flood of lookups.
 */
final class Lookups<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);
  private static final int MOST_KEPT = 10_000;
  private static final long LONGEST_SECONDS = 10;

  private sealed interface Answer<V> {
    record Known<V>(V value) implements Answer<V> {}

    record Failed<V>(PaddockException cause) implements Answer<V> {}
  }

  private final ExecutorService blocking;
  private final AsyncCache<K, Answer<V>> answers;

  /**
   * @param blocking runs the lookups
   * @param good whether an answer is kept for {@code keepGood}; others, and failures, are kept for
   *     {@code keepBad}
   */
  Lookups(ExecutorService blocking, Predicate<V> good, Duration keepGood, Duration keepBad) {
    this.blocking = blocking;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .executor(blocking)
            .expireAfter(
                Expiry.<K, Answer<V>>writing(
                    (key, answer) -> isGood(answer, good) ? keepGood : keepBad))
            .buildAsync();
  }

  /** The answer; already there when it is known, else delivered on the caller's event loop. */
  Future<V> get(K key, Callable<V> question) {
    CompletableFuture<Answer<V>> answer = answers.get(key, (k, executor) -> ask(question));
    if (answer.isDone()) {
      return unwrap(answer.join());
    }
    return Future.fromCompletionStage(answer, EventLoop.current()).compose(Lookups::unwrap);
  }

  /** A good answer that is in memory now. */
  Optional<V> known(K key) {
    CompletableFuture<Answer<V>> answer = answers.getIfPresent(key);
    return answer != null && answer.isDone() && answer.join() instanceof Answer.Known<V>(V value)
        ? Optional.of(value)
        : Optional.empty();
  }

  void forget(K key) {
    answers.synchronous().invalidate(key);
  }

  private CompletableFuture<Answer<V>> ask(Callable<V> question) {
    return CompletableFuture.supplyAsync(() -> answer(question), blocking)
        .completeOnTimeout(
            new Answer.Failed<>(new UnavailableException("Looking up the sandbox took too long.")),
            LONGEST_SECONDS,
            TimeUnit.SECONDS);
  }

  private static <V> Answer<V> answer(Callable<V> question) {
    try {
      return new Answer.Known<>(question.call());
    } catch (PaddockException failure) {
      return new Answer.Failed<>(failure);
    } catch (Exception unexpected) {
      LOG.error("Looking up a sandbox for a preview failed", unexpected);
      return new Answer.Failed<>(
          new UnavailableException("Looking up the sandbox failed; try again."));
    }
  }

  private static <V> boolean isGood(Answer<V> answer, Predicate<V> good) {
    return answer instanceof Answer.Known<V>(V value) && good.test(value);
  }

  private static <V> Future<V> unwrap(Answer<V> answer) {
    return switch (answer) {
      case Answer.Known<V>(V value) -> Future.succeededFuture(value);
      case Answer.Failed<V>(PaddockException cause) ->
          Future.failedFuture(new RefusedException(Refusal.of(cause)));
    };
  }
}
