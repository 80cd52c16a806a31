package dev.paddock.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SandboxLogTest {
  private static final String OUT = "\1\1\1";
  private static final String ERR = "\2\2\2";
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(new PrintStream(out), new PrintStream(err), false);

  @Test
  void aFollowedLogEndsWithItsCommandAndKeepsTheStreamsApart() throws Exception {
    follow(frames -> {
      frames.binary(OUT + "one\n\2");
      frames.binary("\2\2two\n" + OUT + "three\1");
      frames.end(1000, "");
    });

    assertThat(out).hasToString("one\nthree\1");
    assertThat(err).hasToString("two\n");
  }

  @Test
  void aLogThatTheServerGivesUpIsAFailure() {
    assertThatThrownBy(() ->
            follow(frames -> {
              frames.binary(OUT + "one\n");
              frames.end(1011, "The sandbox does not answer");
            }))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.UNREACHABLE))
        .hasMessageStartingWith("The log broke off: The sandbox does not answer");
    assertThat(out).hasToString("one\n");
  }

  @Test
  void aConnectionThatIsCutIsAFailure() {
    assertThatThrownBy(() -> follow(frames -> frames.binary(OUT + "one\n")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("The log broke off");
  }

  @Test
  void aServerThatFallsSilentIsAFailure() {
    CountDownLatch over = new CountDownLatch(1);
    assertThatThrownBy(() -> follow(frames -> over.await()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("The log broke off: nothing was heard for 1 seconds");
    over.countDown();
  }

  @Test
  void aQuietCommandIsFollowedWhileTheServerPings() throws Exception {
    follow(frames -> {
      CountDownLatch never = new CountDownLatch(1);
      for (int i = 0; i < 10; i++) {
        assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
        frames.ping();
      }
      frames.binary(OUT + "late");
      frames.end(1000, "");
    });

    assertThat(out).hasToString("late");
  }

  @Test
  void aLogThatIsNotThereHasAnExitStatusOfItsOwn() throws Exception {
    try (LogServer server = LogServer.refusing(404)) {
      assertThatThrownBy(() -> log(server.uri()).follow())
          .isInstanceOfSatisfying(
              CommandFailure.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.NOT_FOUND));
    }
  }

  @Test
  void thePresentLogIsPrintedAsItArrives() throws Exception {
    AtomicReference<String> version = new AtomicReference<>("");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/log",
        exchange -> {
          version.set(exchange.getRequestHeaders().getFirst("X-Daytona-SDK-Version"));
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write((OUT + "one\n" + ERR + "two\n").getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    try {
      log(URI.create("http://127.0.0.1:" + server.getAddress().getPort())).print();
    } finally {
      server.stop(0);
    }

    assertThat(out).hasToString("one\n");
    assertThat(err).hasToString("two\n");
    assertThat(version).hasValue("0.100.0");
  }

  private void follow(LogServer.Script script) throws IOException, InterruptedException {
    try (LogServer server = LogServer.playing(script)) {
      log(server.uri()).follow();
    }
  }

  private SandboxLog log(URI base) {
    return new SandboxLog(new ApiClient(new Endpoint(base, "dtn_key")), console, "/log", SILENCE);
  }
}
