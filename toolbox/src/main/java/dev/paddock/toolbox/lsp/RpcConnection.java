package dev.paddock.toolbox.lsp;

import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.engine.host.Alarm;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.web.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation by JSON-RPC with a program of the sandbox, over its standard input and output.
 * Thread-safe. What the program says is the sandbox's word, so all of it is bounded.
 */
final class RpcConnection implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder(JsonLimits.factory()).build();
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int MAX_REASON = 500;
  private static final String NO_PROTOCOL = "it does not speak the protocol";
  private static final String TOO_MUCH = "it said more at once than is read";
  private static final String DEAF = "it does not read what it is told";

  private final Execution execution;
  private final Duration patience;
  private final Runnable onEnd;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final StringBuilder complaints = new StringBuilder();
  private volatile boolean isDeaf;
  private volatile @Nullable UnavailableException end;

  /**
   * @param patience how long the program may take to read what it is told; it is ended then, for
   *     nobody could tell it anything else
   * @param onEnd called on another thread when the program has ended
   */
  RpcConnection(Execution execution, Duration patience, Runnable onEnd) {
    this.execution = execution;
    this.patience = patience;
    this.onEnd = onEnd;
  }

  /** Begins to listen. */
  RpcConnection listen() {
    Thread.ofVirtual().name("language-server").start(this::read);
    return this;
  }

  /** An object for parameters. */
  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws TimedOutException when there is none in time
   * @throws InvalidException when the program refuses
   * @throws UnavailableException when it has ended, as it does when it has not read the question in
   *     time
   */
  JsonNode request(String method, ObjectNode parameters, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      send(message(method, parameters).put("id", id), limit);
      checkAlive();
      return result(method, answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      throw new TimedOutException(
          "the language server did not answer within " + limit.toSeconds() + " seconds", late);
    } catch (ExecutionException failed) {
      throw gone(failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("the server is stopping", e);
    } finally {
      waiting.remove(id);
    }
  }

  /** Tells, and waits for nothing. */
  void inform(String method, ObjectNode parameters) {
    checkAlive();
    send(message(method, parameters), patience);
  }

  private void checkAlive() {
    UnavailableException ended = end;
    if (ended != null) {
      throw gone(ended);
    }
  }

  private UnavailableException gone(Exception cause) {
    UnavailableException ended = end;
    return new UnavailableException(
        ended == null ? "the language server is gone" : ended.getMessage(), cause);
  }

  private static ObjectNode message(String method, ObjectNode parameters) {
    ObjectNode message = object().put("jsonrpc", "2.0").put("method", method);
    message.set("params", parameters);
    return message;
  }

  private static JsonNode result(String method, JsonNode answer) {
    JsonNode error = answer.path("error");
    if (error.isMissingNode() || error.isNull()) {
      return answer.path("result");
    }
    if (error.path("code").asInt(0) == METHOD_NOT_FOUND) {
      throw new UnsupportedMethodException(method);
    }
    String reason = error.path("message").asString("no reason given");
    throw new InvalidException("the language server refused: " + shorten(reason));
  }

  private void send(ObjectNode message, Duration limit) {
    byte[] body = JSON.writeValueAsBytes(message);
    byte[] head =
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    try (Alarm _ = Alarm.after(limit, this::giveUp)) {
      writing.lock();
      try {
        execution.writeInput(whole);
      } finally {
        writing.unlock();
      }
    }
    if (isDeaf) {
      throw new UnavailableException("the language server is gone: " + DEAF);
    }
  }

  /** Whoever is writing to it gets on, and its end is noticed by the one who reads. */
  private void giveUp() {
    isDeaf = true;
    execution.close();
  }

  private void read() {
    String reason = "";
    try {
      RpcInput input = new RpcInput();
      while (reason.isEmpty()) {
        switch (execution.next()) {
          case OutputEvent.Stdout(byte[] data) -> input.accept(data).forEach(this::receive);
          case OutputEvent.Stderr(byte[] data) -> note(data);
          case OutputEvent.Exited exit -> reason = "it ended with status " + exit.code();
        }
      }
    } catch (UnavailableException broken) {
      reason = isDeaf ? DEAF : "its sandbox cannot be reached";
    } catch (RpcInput.TooLongException tooLong) {
      reason = TOO_MUCH;
    } catch (JacksonException failed) {
      reason = JsonLimits.passed(failed) ? TOO_MUCH : NO_PROTOCOL;
    } catch (RpcInput.MalformedException malformed) {
      reason = NO_PROTOCOL;
    } finally {
      finish(reason);
    }
  }

  private void finish(String reason) {
    String told = shorten(complaints.toString());
    UnavailableException failure =
        new UnavailableException(
            "the language server is gone: " + reason + (told.isEmpty() ? "" : "; " + told));
    end = failure;
    waiting.values().forEach(answer -> answer.completeExceptionally(failure));
    execution.close();
    onEnd.run();
  }

  /** Keeps the end of what it complains about, for whoever asks why it has gone. */
  private void note(byte[] data) {
    complaints.append(new String(data, StandardCharsets.UTF_8));
    if (complaints.length() > MAX_REASON) {
      complaints.delete(0, complaints.length() - MAX_REASON);
    }
  }

  private void receive(byte[] body) {
    RpcEnvelope envelope = RpcEnvelope.of(JSON, body);
    if (envelope.hasMethod() && envelope.hasId()) {
      answer(JSON.readTree(body));
    } else if (!envelope.hasMethod() && envelope.id().isPresent()) {
      CompletableFuture<JsonNode> answer = waiting.get(envelope.id().getAsLong());
      if (answer != null) {
        answer.complete(JSON.readTree(body));
      }
    }
  }

  /** Servers ask for settings, of which there are none, and tell of work that nobody watches. */
  private void answer(JsonNode request) {
    ObjectNode answer = object().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    switch (request.path("method").asString("")) {
      case "workspace/configuration" -> {
        var settings = answer.putArray("result");
        request.path("params").path("items").forEach(_ -> settings.addNull());
      }
      case "client/registerCapability",
          "client/unregisterCapability",
          "window/workDoneProgress/create",
          "window/showMessageRequest",
          "workspace/workspaceFolders" ->
          answer.putNull("result");
      default ->
          answer.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "not supported");
    }
    send(answer, patience);
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "…" : line;
  }

  /** Ends the program. */
  @Override
  public void close() {
    execution.close();
  }

  /** The program has no such method. */
  static final class UnsupportedMethodException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedMethodException(String method) {
      super("the language server does not know " + method);
    }
  }
}
