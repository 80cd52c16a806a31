package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.failure.NotFoundException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class StreamTest {
  private static final long BIG = 100L << 20;
  private static final SynchronousQueue<String> LINES = new SynchronousQueue<>();
  private static final CompletableFuture<Throwable> GONE = new CompletableFuture<>();
  private static WebServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server =
        SampleServer.start(
            Route.get("/lines", SampleServer.ANY, e -> chunked(StreamTest::lines)),
            Route.get("/late", SampleServer.ANY, e -> chunked(StreamTest::notFound)),
            Route.get("/endless", SampleServer.ANY, e -> chunked(StreamTest::endless)),
            Route.get("/big", SampleServer.ANY, e -> sized(StreamTest::big)));
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer chunked(StreamBody body) {
    return Answer.stream(200, "text/plain", OptionalLong.empty(), body);
  }

  private static Answer sized(StreamBody body) {
    return Answer.stream(200, "application/octet-stream", OptionalLong.of(BIG), body);
  }

  private static void lines(OutputStream out) throws Exception {
    for (String line = LINES.take(); !line.isEmpty(); line = LINES.take()) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static void notFound(OutputStream out) {
    throw new NotFoundException("No such file");
  }

  private static void endless(OutputStream out) throws Exception {
    byte[] block = new byte[1 << 16];
    try {
      while (true) {
        out.write(block);
      }
    } catch (ClientGoneException e) {
      GONE.complete(e);
      throw e;
    }
  }

  private static void big(OutputStream out) throws Exception {
    byte[] block = new byte[1 << 18];
    for (long sent = 0; sent < BIG; sent += block.length) {
      out.write(block);
    }
  }

  @Test
  void eachFlushReachesTheClientWhileTheBodyGoesOn() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> pending =
        client
            .http()
            .sendAsync(
                client.request("GET", "/lines", null), HttpResponse.BodyHandlers.ofInputStream());
    LINES.put("one\n");
    try (InputStream body = pending.get(10, TimeUnit.SECONDS).body()) {
      assertThat(body.readNBytes(4)).asString().isEqualTo("one\n");
      LINES.put("two\n");
      assertThat(body.readNBytes(4)).asString().isEqualTo("two\n");
      LINES.put("");
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void aBodyThatFailsBeforeItsFirstByteIsAnOrdinaryError() throws Exception {
    HttpResponse<String> response = client.get("/late");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).contains("No such file");
  }

  @Test
  void aClientThatLeavesEndsTheProducer() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
      connection.readHead();
    }
    assertThat(GONE.get(10, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
  }

  @Test
  void hundredMebibytesPassBothWaysQuickly() throws Exception {
    Duration down = fastest(() -> assertThat(download()).isEqualTo(BIG));
    Duration up = fastest(() -> assertThat(upload()).endsWith("\r\n\r\n" + BIG));
    assertThat(down).isLessThan(Duration.ofSeconds(3));
    assertThat(up).isLessThan(Duration.ofSeconds(3));
  }

  private static long download() throws Exception {
    HttpRequest request = client.request("GET", "/big", null);
    try (InputStream body =
        client.http().send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      return body.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static String upload() throws Exception {
    try (RawConnection connection = new RawConnection(server)) {
      connection.send(
          "POST /api/length HTTP/1.1\r\nHost: x\r\nContent-Length: " + BIG + "\r\n\r\n");
      byte[] block = new byte[1 << 18];
      for (long sent = 0; sent < BIG; sent += block.length) {
        connection.send(block);
      }
      return connection.readResponse();
    }
  }

  private static Duration fastest(Attempt attempt) throws Exception {
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      attempt.run();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      best = took.compareTo(best) < 0 ? took : best;
    }
    return best;
  }

  private interface Attempt {
    void run() throws Exception;
  }
}
