package dev.paddock.cli.exec;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running command: its output goes to two streams, its input comes by calls. */
public final class ExecConversation implements WebSocket.Listener {
  private static final int INPUT_CHUNK = 32 * 1024;

  private final JsonMapper json = new JsonMapper();
  private final PrintStream out;
  private final PrintStream err;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final ReentrantLock sending = new ReentrantLock();
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private boolean continued;
  private PrintStream current;

  private ExecConversation(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    this.current = out;
  }

  /** Connects; nothing runs yet. */
  public static ExecConversation connect(ApiClient toolbox, PrintStream out, PrintStream err) {
    ExecConversation conversation = new ExecConversation(out, err);
    conversation.socket.complete(toolbox.webSocket("/process/exec", conversation));
    return conversation;
  }

  /** Starts the command; its output flows from now on. */
  public void start(ExecStart start) {
    try {
      sendText(start.frame());
      started.complete(null);
    } catch (CompletionException e) {
      throw new CommandFailure(
          CommandFailure.FAILED, "Tried to start the command but failed: " + e.getCause(), e);
    }
  }

  /**
   * Blocks until the command has ended and all of its output is written.
   *
   * @return its exit status
   */
  public int await() {
    try {
      return exit.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Sends bytes to standard input; blocks until they are handed over. */
  public void input(byte[] data, int length) {
    for (int offset = 0; offset < length; offset += INPUT_CHUNK) {
      int size = Math.min(INPUT_CHUNK, length - offset);
      ByteBuffer frame = ByteBuffer.allocate(size + 1).put((byte) 0).put(data, offset, size).flip();
      sending.lock();
      try {
        socket.join().sendBinary(frame, true).join();
      } finally {
        sending.unlock();
      }
    }
  }

  /** Closes standard input. */
  public void endInput() {
    sendText("{\"type\":\"end\"}");
  }

  /** Sends a signal to the command's process group, once there is one. */
  public void signal(int number) {
    started.join();
    sendText("{\"type\":\"signal\",\"signal\":" + number + "}");
  }

  /** Tells the command that its terminal has another size. */
  public void resize(ExecStart.Size size) {
    sendText(
        "{\"type\":\"resize\",\"columns\":" + size.columns() + ",\"rows\":" + size.rows() + "}");
  }

  private void sendText(String frame) {
    sending.lock();
    try {
      socket.join().sendText(frame, true).join();
    } finally {
      sending.unlock();
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    if (!continued && data.hasRemaining()) {
      current = data.get() == 2 ? err : out;
    }
    continued = !last;
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    current.write(bytes, 0, bytes.length);
    current.flush();
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      handle(json.readTree(text.toString()));
      text.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  private void handle(JsonNode frame) {
    switch (frame.path("type").asString("")) {
      case "exit" -> exit.complete(frame.path("code").asInt());
      case "error" -> {
        int status =
            frame.path("statusCode").asInt() == 404
                ? CommandFailure.NOT_FOUND
                : CommandFailure.FAILED;
        exit.completeExceptionally(
            new CommandFailure(status, frame.path("message").asString("The command failed")));
      }
      default -> {}
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    exit.completeExceptionally(
        new CommandFailure(
            CommandFailure.FAILED, "The connection ended before the command did: " + reason));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    exit.completeExceptionally(
        new CommandFailure(
            CommandFailure.UNREACHABLE, "The connection to the sandbox broke: " + error, error));
  }
}
