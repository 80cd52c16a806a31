package dev.paddock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final Duration LONGER_THAN_IT_LOOKS_ON = Duration.ofMillis(2_600);

  @Test
  void itRingsOnceWhenItsTimeIsOver() throws InterruptedException {
    CountDownLatch rung = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    long start = System.nanoTime();

    Alarm.after(
        Duration.ofMillis(250),
        () -> {
          times.incrementAndGet();
          rung.countDown();
        });

    assertThat(rung.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(249));
    Thread.sleep(Duration.ofMillis(300));
    assertThat(times).hasValue(1);
  }

  @Test
  void oneThatIsPutOffDoesNotRing() throws InterruptedException {
    AtomicInteger times = new AtomicInteger();

    Alarm.after(Duration.ofMillis(200), times::incrementAndGet).close();

    Thread.sleep(Duration.ofMillis(500));
    assertThat(times).hasValue(0);
  }

  @Test
  void oneThatIsSetAfterALongQuietTimeRings() throws InterruptedException {
    Thread.sleep(LONGER_THAN_IT_LOOKS_ON);
    CountDownLatch rung = new CountDownLatch(1);

    Alarm.after(Duration.ofMillis(100), rung::countDown);

    assertThat(rung.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
