package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedRunsTest {
  private final SharedRuns<Integer> runs = new SharedRuns<>();
  private final AtomicInteger started = new AtomicInteger();
  private final CountDownLatch secondHears = new CountDownLatch(1);

  @Test
  void equalWorkAtTheSameTimeRunsOnce() throws Exception {
    CountDownLatch firstHears = new CountDownLatch(1);
    CompletableFuture<Integer> first = begin(line -> firstHears.countDown());
    firstHears.await();
    CompletableFuture<Integer> second = begin(line -> secondHears.countDown());
    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(1);
  }

  @Test
  void workIsDoneAnewOnceItHasEnded() {
    secondHears.countDown();
    runs.get("key", line -> {}, this::reportUntilTheSecondHears);
    assertThat(runs.get("key", line -> {}, this::reportUntilTheSecondHears)).isEqualTo(2);
  }

  @Test
  void aFailureReachesThoseWhoWait() {
    assertThatThrownBy(() -> runs.get("key", line -> {}, progress -> fail()))
        .isInstanceOf(InvalidException.class)
        .hasMessage("no");
  }

  @Test
  void oneWhoCannotListenDoesNotBreakTheWork() {
    secondHears.countDown();
    assertThat(runs.get("key", line -> fail(), this::reportUntilTheSecondHears)).isEqualTo(1);
  }

  @Test
  void workThatNobodyWaitsForIsInterrupted() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread only =
        Thread.ofVirtual()
            .start(
                () -> runs.get("key", line -> {}, progress -> waitForever(entered, interrupted)));
    entered.await();
    only.interrupt();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private CompletableFuture<Integer> begin(Consumer<String> progress) {
    return CompletableFuture.supplyAsync(
        () -> runs.get("key", progress, this::reportUntilTheSecondHears),
        command -> Thread.ofVirtual().start(command));
  }

  private int reportUntilTheSecondHears(Consumer<String> progress) {
    int run = started.incrementAndGet();
    try {
      do {
        progress.accept("working");
      } while (!secondHears.await(1, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return run;
  }

  private static int waitForever(CountDownLatch entered, CountDownLatch interrupted) {
    entered.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return 0;
  }

  private static int fail() {
    throw new InvalidException("no");
  }
}
