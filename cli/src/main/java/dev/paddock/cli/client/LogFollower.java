package dev.paddock.cli.client;

import dev.paddock.cli.output.Console;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Prints a followed log as it arrives, standard output and standard error apart. */
public final class LogFollower {
  private final ApiClient toolbox;
  private final Console console;

  public LogFollower(ApiClient toolbox, Console console) {
    this.toolbox = toolbox;
    this.console = console;
  }

  /** Blocks until the server ends the log. */
  public void follow(String path) throws InterruptedException {
    URI uri = URI.create(toolbox.base().toString().replaceFirst("^http", "ws") + path);
    Printer printer = new Printer(console);
    try {
      toolbox.webSocket().buildAsync(uri, printer).join();
    } catch (CompletionException e) {
      throw new CommandFailure(
          CommandFailure.FAILED, "Tried to follow the log but failed: " + e.getCause(), e);
    }
    printer.ended.await();
  }

  /** Splits the stream at its three-byte markers, which may be cut by frame borders. */
  private static final class Printer implements WebSocket.Listener {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PrintStream out;
    private final PrintStream err;
    private PrintStream current;
    private int markerByte;
    private int markerCount;

    Printer(Console console) {
      this.out = console.out();
      this.err = console.err();
      this.current = out;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      while (data.hasRemaining()) {
        accept(data.get());
      }
      current.flush();
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void accept(byte next) {
      boolean marker = next == 1 || next == 2;
      if (marker && (markerCount == 0 || next == markerByte)) {
        markerByte = next;
        if (++markerCount == 3) {
          current = next == 1 ? out : err;
          markerCount = 0;
        }
        return;
      }
      for (; markerCount > 0; markerCount--) {
        current.write(markerByte);
      }
      current.write(next);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended.countDown();
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      err.println("The log broke off: " + error);
      ended.countDown();
    }
  }
}
