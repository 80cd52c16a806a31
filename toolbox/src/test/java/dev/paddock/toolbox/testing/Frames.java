package dev.paddock.toolbox.testing;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a WebSocket received, to be waited for. */
public final class Frames implements WebSocket.Listener {
  private static final int SECONDS = 20;

  /** A whole message, or the close frame. */
  public sealed interface Frame {
    /** A text message. */
    record Text(String text) implements Frame {}

    /** A binary message, its bytes as characters of Latin-1. */
    record Binary(String latin1) implements Frame {}

    /** The end. */
    record Close(int code, String reason) implements Frame {}
  }

  private final LinkedBlockingQueue<Frame> received = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

  /** The next frame. */
  public Frame next() throws InterruptedException {
    Frame frame = received.poll(SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("No frame came within " + SECONDS + " seconds");
    }
    return frame;
  }

  /** Binary messages joined, as UTF-8, until they contain {@code expected}. */
  public String until(String expected) throws InterruptedException {
    var bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.UTF_8).contains(expected)) {
      switch (next()) {
        case Frame.Binary(String latin1) ->
            bytes.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        case Frame other ->
            throw new AssertionError(bytes.toString(StandardCharsets.UTF_8) + " then " + other);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Whether binary messages hold {@code expected} within a time; what they hold is used up. */
  public boolean see(String expected, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    var seen = new StringBuilder();
    while (seen.indexOf(expected) < 0) {
      Frame frame = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (frame == null) {
        return false;
      }
      if (frame instanceof Frame.Binary(String latin1)) {
        seen.append(latin1);
      }
    }
    return true;
  }

  /** All binary messages up to the close frame, joined. */
  public byte[] binaryUntilClose() throws InterruptedException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      switch (next()) {
        case Frame.Binary(String latin1) ->
            bytes.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        case Frame.Close(int code, String reason) when code == 1000 -> {
          return bytes.toByteArray();
        }
        case Frame other -> throw new AssertionError("Unexpected " + other);
      }
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      received.add(new Frame.Text(text.toString()));
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    binary.writeBytes(bytes);
    if (last) {
      received.add(new Frame.Binary(binary.toString(StandardCharsets.ISO_8859_1)));
      binary.reset();
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    received.add(new Frame.Close(code, reason));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    received.add(new Frame.Close(-1, String.valueOf(error)));
  }
}
