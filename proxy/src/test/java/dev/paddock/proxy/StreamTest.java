package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Event streams, WebSockets and clients that leave. */
final class StreamTest extends ProxyFixture {
  private static final String EVENTS =
      head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
  private static final String SWITCH =
      head(
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Protocol: chat");

  @Test
  void theHeadOfAnEventStreamDoesNotWaitForItsFirstEvent() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(EVENTS);
          over.await();
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        assertThat(client.send(get(3000, "/")).head()).contains("text/event-stream");
      } finally {
        over.countDown();
      }
    }
  }

  @Test
  void eventsArriveWithinATenthOfASecond() throws Exception {
    AtomicLong sentAt = new AtomicLong();
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(EVENTS);
          for (int i = 0; i < 20; i++) {
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
            sentAt.set(System.nanoTime());
            wire.send("9\r\ndata: x\n\n\r\n");
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/")).head();
        long[] delays = new long[20];
        for (int i = 0; i < delays.length; i++) {
          assertThat(client.text(14)).isEqualTo("9\r\ndata: x\n\n\r\n");
          delays[i] = System.nanoTime() - sentAt.get();
        }
        // The median: the machine that runs the tests may be busy now and then.
        Arrays.sort(delays);
        assertThat(delays[delays.length / 2]).isLessThan(Duration.ofMillis(100).toNanos());
      }
    }
  }

  @Test
  void aClientThatLeavesEndsTheRequestToTheSandbox() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(EVENTS + "9\r\ndata: x\n\n\r\n");
          if (wire.read() < 0) {
            cancelled.countDown();
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/")).head();
      }
      assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatLeavesBeforeTheAnswerEndsTheRequestToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          asked.countDown();
          if (wire.read() < 0) {
            cancelled.countDown();
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/"));
        asked.await();
      }
      assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aWebSocketPassesBytesBothWays() throws Exception {
    try (RawServer service = echoAfterSwitch()) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/ws", "Upgrade: websocket", "Connection: Upgrade"));
        assertThat(client.head())
            .startsWith("HTTP/1.1 101")
            .containsIgnoringCase("\r\nconnection: upgrade\r\n")
            .containsIgnoringCase("\r\nsec-websocket-protocol: chat\r\n");
        assertThat(client.text(7)).isEqualTo("at once");
        assertThat(client.send("hello").text(5)).isEqualTo("hello");
      }
      assertThat(service.nextHead()).containsIgnoringCase("\r\nupgrade: websocket\r\n");
    }
  }

  @Test
  void aWebSocketOfFirefoxPassesToo() throws Exception {
    try (RawServer service = echoAfterSwitch()) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Upgrade: websocket", "Connection: keep-alive, Upgrade"));
        assertThat(client.head()).startsWith("HTTP/1.1 101");
      }
      assertThat(service.nextHead()).containsIgnoringCase("\r\nconnection: upgrade\r\n");
    }
  }

  @Test
  void aWebSocketEndsOnBothSidesWhenOneCloses() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(SWITCH);
          if (wire.read() < 0) {
            closed.countDown();
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Upgrade: websocket", "Connection: Upgrade")).head();
      }
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatAServiceSaysBeforeItClosesAWebSocketArrives() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(SWITCH + "goodbye");
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Upgrade: websocket", "Connection: Upgrade")).head();
        assertThat(client.rest()).isEqualTo("goodbye");
      }
    }
  }

  @Test
  void aLotThatAServiceSaysBeforeItClosesAWebSocketArrivesAtASlowReader() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          Thread.ofVirtual().start(() -> Still.await(new AtomicLong(), closing));
          wire.send(SWITCH).send(new byte[20_000_000]);
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Upgrade: websocket", "Connection: Upgrade")).head();
        closing.await();
        assertThat(client.rest()).hasSize(20_000_000);
      }
    }
  }

  @Test
  void aLotThatAClientSaysBeforeItClosesAWebSocketArrivesAtASlowService() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    AtomicLong received = new AtomicLong();
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(SWITCH);
          closing.await();
          received.set(wire.rest().length());
          over.countDown();
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Upgrade: websocket", "Connection: Upgrade")).head();
        Thread.ofVirtual().start(() -> Still.await(new AtomicLong(), closing));
        client.send(new byte[20_000_000]);
      }
      assertThat(over.await(15, TimeUnit.SECONDS)).isTrue();
      assertThat(received.get()).isEqualTo(20_000_000);
    }
  }

  @Test
  void aWebSocketThatTheServiceRefusesGetsItsAnswer() throws Exception {
    try (RawServer service =
        RawServer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope")) {
      sandboxes.serve(3000, service.port());
      Wire.Response response = ask(get(3000, "/", "Upgrade: websocket", "Connection: Upgrade"));
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.body()).isEqualTo("nope");
    }
  }

  @Test
  void aSlowWebSocketReaderHoldsTheSandboxBack() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch stuck = new CountDownLatch(1);
    long most = 300L << 20;
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(SWITCH);
          Thread.ofVirtual().start(() -> Still.await(sent, stuck));
          for (long i = 0; i < most; i += 65_536) {
            wire.send(new byte[65_536]);
            sent.addAndGet(65_536);
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Upgrade: websocket", "Connection: Upgrade")).head();
        assertThat(stuck.await(15, TimeUnit.SECONDS)).isTrue();
        assertThat(sent.get()).isLessThan(40L << 20);
      }
    }
  }

  private static RawServer echoAfterSwitch() throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] =
        RawServer.scripted(wire -> {
          self[0].note(wire.head());
          wire.send(SWITCH + "at once");
          wire.in().transferTo(wire.out());
        });
    return self[0];
  }
}
