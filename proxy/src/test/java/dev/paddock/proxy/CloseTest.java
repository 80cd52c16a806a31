package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Starting and stopping. */
final class CloseTest extends ProxyFixture {
  @Test
  void anOpenStreamDelaysTheEndByALittleOnly() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer service =
            RawServer.scripted(wire -> {
              wire.head();
              wire.send(head("HTTP/1.1 200 OK", "Content-Type: text/event-stream"));
              never.await();
            });
        Wire client = Wire.to(proxy.port())) {
      sandboxes.serve(3000, service.port());
      client.send(get(3000, "/")).head();
      long start = System.nanoTime();
      proxy.close();
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(8).toNanos());
      assertThat(client.rest()).doesNotContain("0\r\n\r\n");
      never.countDown();
    }
  }

  @Test
  void anAnswerUnderWayStillArrives() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    try (RawServer service =
            RawServer.scripted(wire -> {
              wire.head();
              asked.countDown();
              closing.await();
              wire.send(OK);
            });
        Wire client = Wire.to(proxy.port())) {
      sandboxes.serve(3000, service.port());
      client.send(get(3000, "/"));
      asked.await();
      Thread closer = Thread.ofVirtual().start(proxy::close);
      closing.countDown();
      assertThat(client.response().body()).isEqualTo("ok");
      closer.join();
    }
  }

  @Test
  void aPortInUseIsSaid() {
    ProxyConfig config =
        new ProxyConfig(
            "127.0.0.1", proxy.port(), DOMAIN, "http", URI.create("http://127.0.0.1:1"), "1");
    assertThatThrownBy(() -> PreviewProxy.start(config, sandboxes))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("is another program using the port?");
  }
}
