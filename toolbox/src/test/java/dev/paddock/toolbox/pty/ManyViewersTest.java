package dev.paddock.toolbox.pty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.Frames.Frame;
import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManyViewersTest {
  private static final Duration IDLE = Duration.ofSeconds(3);

  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox(IDLE);

  private static final int BYTES = 60_000_000;

  /** Ten megabytes a second, for six seconds, once a line was typed. */
  private static final String PROGRAM =
      """
      import sys, time
      sys.stdin.readline()
      for tenth in range(60):
          begin = time.monotonic()
          sys.stdout.write("x" * 1_000_000)
          sys.stdout.flush()
          time.sleep(max(0, 0.1 - (time.monotonic() - begin)))
      """;

  /** Counts what it sees. */
  private static final class Counter implements WebSocket.Listener {
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private long count;

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      while (data.hasRemaining()) {
        if (data.get() == 'x') {
          count++;
        }
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end.complete(count);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.completeExceptionally(error);
    }
  }

  /** Reads nothing until it is told to. */
  private static final class Stuck implements WebSocket.Listener {
    private final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void onOpen(WebSocket socket) {
      // Asks for nothing.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end.complete(code + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.complete(error.toString());
    }
  }

  @Test
  void nineSeeAllOfMuchOutputAndOneWhoDoesNotReadIsCutOff() throws Exception {
    TOOLBOX.post("/process/pty", "{\"id\":\"many\"}");
    Frames shell = new Frames();
    WebSocket first = TOOLBOX.webSocket("/process/pty/many/connect", shell);
    shell.next();
    type(first, "python3 -c '%s'; exit 3\n".formatted(PROGRAM));
    shell.until("exit 3");
    Stuck stuck = new Stuck();
    WebSocket deaf = TOOLBOX.webSocket("/process/pty/many/connect", stuck);
    List<Counter> viewers = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Counter viewer = new Counter();
      TOOLBOX.webSocket("/process/pty/many/connect", viewer);
      viewers.add(viewer);
    }

    type(first, "\n");

    for (Counter viewer : viewers) {
      assertThat(viewer.end.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(BYTES);
    }
    Thread.sleep(IDLE.multipliedBy(3));
    deaf.request(1);
    assertThat(stuck.end.get(30, TimeUnit.SECONDS)).doesNotContain("exitCode");
  }

  @Test
  void aTerminalOutlivesTheServer() throws Exception {
    TOOLBOX.post("/process/pty", "{\"id\":\"kept\"}");
    Frames before = new Frames();
    WebSocket socket = TOOLBOX.webSocket("/process/pty/kept/connect", before);
    before.next();
    type(socket, "MOOD=calm; echo se$((0))t\n");
    before.until("se0t");

    TOOLBOX.restart();

    assertThat(TOOLBOX.get("/process/pty").body()).contains("\"kept\"");
    Frames after = new Frames();
    WebSocket again = TOOLBOX.webSocket("/process/pty/kept/connect", after);
    assertThat(after.next()).isInstanceOf(Frame.Text.class);
    type(again, "echo $((1))$MOOD\n");
    assertThat(after.until("1calm")).contains("se0t");
  }

  private static void type(WebSocket socket, String text) {
    socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true).join();
  }
}
