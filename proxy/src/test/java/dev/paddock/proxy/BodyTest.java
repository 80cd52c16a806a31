package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of any length, both ways. */
final class BodyTest extends ProxyFixture {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int BLOCK = 64 * 1024;
  private static final long LARGE = 300L << 20;

  @Test
  void aLargeDownloadArrivesWhole() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
          for (long sent = 0; sent < LARGE; sent += BLOCK) {
            wire.send(new byte[BLOCK]);
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/")).head();
        assertThat(count(client.in(), LARGE)).isEqualTo(LARGE);
      }
    }
  }

  @Test
  void aLargeChunkedUploadArrivesWhole() throws Exception {
    AtomicLong received = new AtomicLong();
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          String size = wire.line();
          while (!size.equals("0")) {
            received.addAndGet(count(wire.in(), Integer.parseInt(size, 16)));
            wire.line();
            size = wire.line();
          }
          wire.send(OK);
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(request("POST", 3000, "/", "Transfer-Encoding: chunked"));
        byte[] chunk = (Integer.toHexString(BLOCK) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < LARGE; sent += BLOCK) {
          client.send(chunk).send(new byte[BLOCK]).send("\r\n");
        }
        assertThat(client.send("0\r\n\r\n").response().status()).isEqualTo(200);
      }
    }
    assertThat(received.get()).isEqualTo(LARGE);
  }

  @Test
  void aSlowReaderHoldsTheSandboxBack() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch stuck = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
          Thread.ofVirtual().start(() -> Still.await(sent, stuck));
          for (long i = 0; i < LARGE; i += BLOCK) {
            wire.send(new byte[BLOCK]);
            sent.addAndGet(BLOCK);
          }
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/")).head();
        assertThat(stuck.await(15, TimeUnit.SECONDS)).isTrue();
        assertThat(sent.get()).isLessThan(40L << 20);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0 200 OK", "HTTP/1.1 200 OK|Content-Length: 20000000"})
  void aServiceThatClosesAfterItsAnswerLosesNothingToASlowReader(String lines) throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(head(lines.split("\\|", -1)));
          Thread.ofVirtual().start(() -> Still.await(new AtomicLong(), closing));
          wire.send(new byte[20_000_000]);
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/").replace("HTTP/1.1", "HTTP/1.0")).head();
        closing.await();
        assertThat(count(client.in(), Long.MAX_VALUE)).isEqualTo(20_000_000);
      }
    }
  }

  @Test
  void expectContinueIsAskedOfTheService() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          String head = wire.head();
          assertThat(head.toLowerCase(Locale.ROOT)).contains("expect: 100-continue");
          wire.send("HTTP/1.1 100 Continue\r\n\r\n");
          wire.text(15);
          wire.send(OK);
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(
            request("POST", 3000, "/", "Expect: 100-continue", "Transfer-Encoding: chunked"));
        assertThat(client.head()).startsWith("HTTP/1.1 100 Continue");
        client.send("5\r\nhello\r\n0\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aServiceMayRefuseTheBodyThatItWasAskedFor() throws Exception {
    try (RawServer service =
        RawServer.answering("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")) {
      sandboxes.serve(3000, service.port());
      assertThat(
              ask(request("PUT", 3000, "/", "Expect: 100-continue", "Content-Length: 99999"))
                  .status())
          .isEqualTo(413);
    }
  }

  @Test
  void anEarlyAnswerReachesAClientThatStillSends() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
          wire.rest();
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(request("POST", 3000, "/", "Content-Length: 500000"));
        client.send(new byte[100_000]);
        assertThat(client.response().status()).isEqualTo(413);
        client.send(new byte[400_000]);
        assertThat(client.send(request("POST", 3000, "/")).response().status()).isEqualTo(413);
      }
    }
  }

  @Test
  void earlyHintsPass() throws Exception {
    try (RawServer service =
        RawServer.answering("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK)) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        assertThat(client.send(get(3000, "/")).head())
            .startsWith("HTTP/1.1 103")
            .containsIgnoringCase("link: </a.css>");
        assertThat(client.response().body()).isEqualTo("ok");
      }
    }
  }

  @Test
  void trailersPass() throws Exception {
    try (RawServer service = RawServer.answering(CHUNKED + "2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n")) {
      sandboxes.serve(3000, service.port());
      assertThat(ask(get(3000, "/")).body()).isEqualTo("okX-Sum: 42\n");
    }
  }

  @Test
  void aHeadRequestGetsTheLengthAndNoBody() throws Exception {
    try (RawServer service =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n")) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        for (int i = 0; i < 2; i++) {
          assertThat(client.send(request("HEAD", 3000, "/")).head())
              .startsWith("HTTP/1.1 200")
              .containsIgnoringCase("content-length: 12345\r\n");
        }
      }
    }
  }

  @Test
  void answersWithoutABodyKeepTheConnection() throws Exception {
    try (RawServer service = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        for (int i = 0; i < 2; i++) {
          assertThat(client.send(get(3000, "/")).head())
              .startsWith("HTTP/1.1 204")
              .doesNotContainIgnoringCase("content-length")
              .doesNotContainIgnoringCase("transfer-encoding");
        }
      }
    }
  }

  @Test
  void aBodyThatEndsWithTheConnectionArrivesWhole() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send("HTTP/1.0 200 OK\r\n\r\nuntil the end");
        })) {
      sandboxes.serve(3000, service.port());
      assertThat(ask(get(3000, "/")).body()).isEqualTo("until the end");
    }
  }

  @Test
  void aClientOfHttp10GetsABodyThatEndsWithTheConnection() throws Exception {
    try (RawServer service = RawServer.answering(CHUNKED + "2\r\nok\r\n0\r\n\r\n")) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        client.send(get(3000, "/", "Connection: keep-alive").replace("HTTP/1.1", "HTTP/1.0"));
        assertThat(client.rest()).endsWith("ok").doesNotContainIgnoringCase("chunked");
      }
    }
  }

  @Test
  void aBodyThatBreaksOffIsNotPassedOffAsWhole() throws Exception {
    try (RawServer service =
        RawServer.scripted(wire -> {
          wire.head();
          wire.send(CHUNKED + "5\r\nhello\r\n");
        })) {
      sandboxes.serve(3000, service.port());
      try (Wire client = Wire.to(proxy.port())) {
        assertThat(client.send(get(3000, "/")).rest()).doesNotContain("\r\n0\r\n");
      }
    }
  }

  private static long count(InputStream in, long expected) throws IOException {
    byte[] block = new byte[BLOCK];
    long total = 0;
    while (total < expected) {
      int read = in.read(block, 0, (int) Math.min(block.length, expected - total));
      if (read < 0) {
        return total;
      }
      total += read;
    }
    return total;
  }
}
