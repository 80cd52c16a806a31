package dev.paddock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MadeAheadTest {
  private static final int SIZE = 4;
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** When each was made, in the order in which they were. */
  private final BlockingQueue<Long> made = new LinkedBlockingQueue<>();

  private final MadeAhead<Long> ahead = new MadeAhead<>("test-maker", SIZE, this::make);

  private Long make() {
    long now = System.nanoTime();
    made.add(now);
    return now;
  }

  @Test
  void theFirstToAskMakesItFill() throws Exception {
    assertThat(ahead.take()).isEmpty();

    List<Long> all = nextMade(SIZE);
    assertThat(ahead.stop()).isEqualTo(all);
  }

  @Test
  void whileHalfAreLeftMoreAreMadeInAQuietMomentOnly() throws Exception {
    fillUp();

    assertThat(ahead.take()).isPresent();
    long taken = System.nanoTime();

    assertThat(nextMade(1).getFirst() - taken).isGreaterThanOrEqualTo(QUIET_NANOS * 9 / 10);
    assertThat(ahead.stop()).hasSize(SIZE);
  }

  @Test
  void whenFewerThanHalfAreLeftNoQuietMomentIsWaitedFor() throws Exception {
    fillUp();

    int given = 0;
    while (given < 3 * SIZE) {
      given += ahead.take().isPresent() ? 1 : 0;
      Thread.sleep(20);
    }

    assertThat(made).hasSizeGreaterThanOrEqualTo(2 * SIZE);
    assertThat(ahead.stop()).hasSizeLessThanOrEqualTo(SIZE);
  }

  @Test
  void aFailureEndsOneFillingOnly() throws Exception {
    var calls = new AtomicInteger();
    var failing =
        new MadeAhead<Long>(
            "failing-maker",
            1,
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw new IOException("not now");
              }
              return make();
            });

    while (failing.take().isEmpty()) {
      Thread.sleep(20);
    }

    assertThat(calls).hasValueGreaterThanOrEqualTo(2);
    assertThat(failing.stop()).hasSizeLessThanOrEqualTo(1);
  }

  private void fillUp() throws InterruptedException {
    assertThat(ahead.take()).isEmpty();
    nextMade(SIZE);
  }

  private List<Long> nextMade(int count) throws InterruptedException {
    var next = new ArrayList<Long>();
    while (next.size() < count) {
      next.add(made.take());
    }
    return next;
  }
}
