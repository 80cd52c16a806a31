package dev.paddock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.TestControl;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that works on one create at a time. */
@Timeout(60)
class AdmissionTest {
  private final CountDownLatch working = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Test
  void aHostThatStaysBusyIs503AndAFullQueueIs429() throws Exception {
    AdmissionLimits limits = new AdmissionLimits(1, 1, Duration.ofMillis(500), 1, 1);
    try (TestApi api = new TestApi(new TestControl(limits));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<TestApi.Reply> first = occupy(api, threads);
      Future<TestApi.Reply> second = threads.submit(() -> api.post("/sandbox", "{}"));
      awaitWaiting(api, 1);

      TestApi.Reply third = api.post("/sandbox", "{}");

      assertThat(third.error())
          .isEqualTo(
              "429 Too many sandboxes wait to be started here already; try again in 5 seconds");
      assertThat(third.response().headers().firstValue("Retry-After")).hasValue("5");
      assertThat(second.get().error())
          .isEqualTo("503 This host is busy starting other sandboxes; try again in 10 seconds");
      assertThat(second.get().response().headers().firstValue("Retry-After")).hasValue("10");
      mayEnd.countDown();
      assertThat(first.get().status()).isEqualTo(200);
    }
  }

  @Test
  void aClientThatGoesAwayLeavesTheQueue() throws Exception {
    AdmissionLimits limits = new AdmissionLimits(1, 10, Duration.ofSeconds(50), 1, 1);
    try (TestApi api = new TestApi(new TestControl(limits));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<TestApi.Reply> first = occupy(api, threads);
      try (Socket leaver = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
        leaver.getOutputStream().write(create(api, "{\"name\":\"leaver\"}"));
        awaitWaiting(api, 1);
      }

      awaitWaiting(api, 0);
      mayEnd.countDown();
      assertThat(first.get().status()).isEqualTo(200);
      assertThat(api.get("/sandbox/leaver").status()).isEqualTo(404);
    }
  }

  private Future<TestApi.Reply> occupy(TestApi api, ExecutorService threads)
      throws InterruptedException {
    api.control()
        .runner()
        .at(
            Spot.BEFORE_CREATE,
            () -> {
              working.countDown();
              await(mayEnd);
            });
    Future<TestApi.Reply> first = threads.submit(() -> api.post("/sandbox", "{}"));
    await(working);
    return first;
  }

  private static byte[] create(TestApi api, String body) {
    String request =
        "POST /api/sandbox HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + api.control().key()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitWaiting(TestApi api, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (api.control().control().admission().waiting() != count) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
