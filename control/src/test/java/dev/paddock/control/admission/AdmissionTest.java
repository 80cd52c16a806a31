package dev.paddock.control.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.admission.Admission.Grant;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.TooManyWaitingException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.runner.HostCapacity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {
  private static final long GIB = 1L << 30;
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Resources SMALL = new Resources(1, 1, 1);

  private final AtomicReference<HostCapacity> host =
      new AtomicReference<>(new HostCapacity(4, 8 * GIB, 8 * GIB));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.shutdownNow();
    threads.close();
  }

  @Test
  void thoseWhoWaitComeInTheOrderOfTheirArrival() throws Exception {
    Admission admission = admission(1, 100, LONG);
    Grant first = enter(admission, SMALL);
    LinkedBlockingQueue<Integer> order = new LinkedBlockingQueue<>();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int number = i;
      expected.add(i);
      threads.execute(() -> {
        try (var _ = enter(admission, SMALL)) {
          order.add(number);
        }
      });
      awaitWaiting(admission, i + 1);
    }

    first.close();

    List<Integer> came = new ArrayList<>();
    while (came.size() < expected.size()) {
      Integer next = order.poll(20, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      came.add(next);
    }
    assertThat(came).isEqualTo(expected);
  }

  @Test
  void onlySoManyAreWorkedOnAtOnce() {
    Admission admission = admission(2, 100, SHORT);
    enter(admission, SMALL);
    Grant second = enter(admission, SMALL);

    assertThatThrownBy(() -> enter(admission, SMALL))
        .isInstanceOf(HostFullException.class)
        .hasMessageStartingWith("This host is busy starting other sandboxes");

    second.worked();
    enter(admission, SMALL);
  }

  @Test
  void aFullHostSaysSoAfterTheWaitAndWhenToTryAgain() {
    Admission admission = admission(8, 100, SHORT);
    run(admission, new Resources(3, 1, 1));

    assertThatThrownBy(() -> enter(admission, new Resources(2, 1, 1)))
        .isInstanceOfSatisfying(
            HostFullException.class,
            full -> assertThat(full.retryAfter()).contains(Duration.ofSeconds(10)))
        .hasMessageStartingWith("This host has no room for another sandbox");
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void memoryIsCountedAsCpusAre() {
    Admission admission = admission(8, 100, SHORT);
    run(admission, new Resources(1, 7, 1));

    assertThatThrownBy(() -> enter(admission, new Resources(1, 2, 1)))
        .isInstanceOf(HostFullException.class);
    run(admission, SMALL);
  }

  @Test
  void factorsLetMoreBePromisedThanThereIs() {
    Admission admission = new Admission(new AdmissionLimits(1_000, 0, SHORT, 250, 125), host::get);

    for (int i = 0; i < 1_000; i++) {
      run(admission, SMALL);
    }

    assertThatThrownBy(() -> enter(admission, SMALL)).isInstanceOf(TooManyWaitingException.class);
  }

  @Test
  void aThousandIdleSandboxesFitOnASmallMachine() {
    host.set(new HostCapacity(2, 23 * GIB, 20 * GIB));
    Admission admission = new Admission(AdmissionLimits.standard(2), host::get);

    for (int i = 0; i < 1_000; i++) {
      run(admission, SMALL);
    }
  }

  @Test
  void nothingStartsWhileTheHostIsShortOfMemory() throws Exception {
    Admission admission = admission(8, 100, LONG);
    host.set(new HostCapacity(4, 8 * GIB, GIB / 10));
    Future<Grant> waiting = threads.submit(() -> enter(admission, SMALL));
    awaitWaiting(admission, 1);

    host.set(new HostCapacity(4, 8 * GIB, GIB));

    waiting.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void aSandboxThatEndsLetsTheNextOneIn() throws Exception {
    Admission admission = admission(8, 100, LONG);
    SandboxId running = run(admission, new Resources(4, 1, 1));
    Future<Grant> waiting = threads.submit(() -> enter(admission, SMALL));
    awaitWaiting(admission, 1);

    admission.release(running);

    waiting.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void aCreateThatFailedTakesNoRoom() {
    Admission admission = admission(8, 100, SHORT);
    enter(admission, new Resources(4, 8, 1)).close();

    run(admission, new Resources(4, 8, 1));
  }

  @Test
  void smallOnesDoNotOvertakeALargeOne() throws Exception {
    Admission admission = admission(8, 100, LONG);
    SandboxId running = run(admission, new Resources(3, 1, 1));
    Future<Grant> large = threads.submit(() -> enter(admission, new Resources(4, 1, 1)));
    awaitWaiting(admission, 1);
    Future<Grant> small = threads.submit(() -> enter(admission, SMALL));
    awaitWaiting(admission, 2);

    admission.release(running);

    Grant first = large.get(20, TimeUnit.SECONDS);
    assertThat(small.isDone()).isFalse();
    first.close();
    small.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void aQueueThatIsFullTurnsAwayAtOnce() {
    Admission admission = admission(1, 1, LONG);
    enter(admission, SMALL);
    threads.execute(() -> enter(admission, SMALL));
    awaitWaiting(admission, 1);

    assertThatThrownBy(() -> enter(admission, SMALL))
        .isInstanceOfSatisfying(
            TooManyWaitingException.class,
            crowded -> assertThat(crowded.retryAfter()).contains(Duration.ofSeconds(5)));
  }

  @Test
  void whoeverLeavesLeavesTheQueue() throws Exception {
    Admission admission = admission(1, 100, LONG);
    Grant first = enter(admission, SMALL);
    LinkedBlockingQueue<Runnable> leaves = new LinkedBlockingQueue<>();
    Future<Grant> leaver =
        threads.submit(() -> admission.enter(SandboxId.random(), SMALL, leaves::add));
    awaitWaiting(admission, 1);
    Future<Grant> stayer = threads.submit(() -> enter(admission, SMALL));
    awaitWaiting(admission, 2);

    leaves.take().run();

    awaitWaiting(admission, 1);
    assertThatThrownBy(leaver::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnavailableException.class);
    first.close();
    stayer.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void whatCanNeverFitIsRefusedAtOnce() {
    Admission admission = admission(1, 100, LONG);

    assertThatThrownBy(() -> enter(admission, new Resources(5, 1, 1)))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "This host can never run a sandbox of 5 CPUs and 1 GiB of memory; ask for less");
  }

  @Test
  void workThatNobodyWaitsForIsDoneOnlyWhileNobodyElseWorks() {
    Admission admission = admission(2, 100, LONG);
    Grant foreground = enter(admission, SMALL);
    assertThat(admission.enterIfIdle(SandboxId.random(), SMALL)).isEmpty();

    foreground.close();

    assertThat(admission.enterIfIdle(SandboxId.random(), SMALL)).isPresent();
  }

  @Test
  void aMomentIsQuietWhenNobodyHasWorkedForSoLong() {
    Admission admission = admission(2, 100, LONG);
    Grant foreground = enter(admission, SMALL);
    assertThat(admission.isQuiet(Duration.ZERO)).isFalse();

    foreground.close();

    assertThat(admission.isQuiet(LONG)).isFalse();
    assertThat(admission.isQuiet(Duration.ZERO)).isTrue();
  }

  private Admission admission(int atOnce, int waiting, Duration patience) {
    return new Admission(new AdmissionLimits(atOnce, waiting, patience, 1, 1), host::get);
  }

  private static Grant enter(Admission admission, Resources size) {
    return admission.enter(SandboxId.random(), size, Presence.CERTAIN);
  }

  private static SandboxId run(Admission admission, Resources size) {
    SandboxId id = SandboxId.random();
    try (Grant grant = admission.enter(id, size, Presence.CERTAIN)) {
      grant.keep();
    }
    return id;
  }

  private static void awaitWaiting(Admission admission, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (admission.waiting() != count) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
