package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** When a sandbox's use is reported. */
final class ActivityTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong(1);

  private void run(Consumer<Activity> script) {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      script.accept(new Activity(told::add, executor, now::get));
    }
  }

  private void later(int seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
  }

  @Test
  void theFirstRequestIsReportedAndSoonAfterNoOther() {
    run(activity -> {
      for (int i = 0; i < 100; i++) {
        activity.opened("a");
        activity.closed("a");
      }
    });
    assertThat(told).containsExactly("a");
  }

  @Test
  void anOpenRequestIsReportedEvery50Seconds() {
    run(activity -> {
      activity.opened("a");
      for (int i = 0; i < 20; i++) {
        later(5);
        activity.sweep();
      }
    });
    assertThat(told).containsExactly("a", "a", "a");
  }

  @Test
  void afterItsEndNothingIsReported() {
    run(activity -> {
      activity.opened("a");
      activity.closed("a");
      later(200);
      activity.sweep();
    });
    assertThat(told).containsExactly("a");
  }

  @Test
  void aLaterRequestIsReportedAgain() {
    run(activity -> {
      activity.opened("a");
      activity.closed("a");
      later(51);
      activity.opened("a");
    });
    assertThat(told).containsExactly("a", "a");
  }

  @Test
  void aFailingReportHurtsNobody() {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Activity activity =
          new Activity(
              id -> {
                told.add(id);
                throw new IllegalStateException("down");
              },
              executor,
              now::get);
      activity.opened("a");
      activity.opened("b");
    }
    assertThat(told).containsExactly("a", "b");
  }
}
