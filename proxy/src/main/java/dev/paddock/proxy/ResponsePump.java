package dev.paddock.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Moves a response's body to the client, at the client's pace.
 *
 * <p>What has arrived by the end of the event loop's turn goes out at once, so that an event stream
 * is never held back. A short response arrives whole within one turn and leaves in one write.
 */
final class ResponsePump {
  private final HttpClientResponse from;
  private final FlowGate gate;
  private final HttpServerResponse to;
  private final boolean chunks;
  private final Promise<Void> done = Promise.promise();
  private @Nullable Buffer held;
  private boolean flowing;
  private boolean ended;

  /**
   * @param from the sandbox's response, whose head is already in {@code to}
   * @param gate holds the sandbox back
   * @param to the client's response, nothing of which is written yet
   */
  ResponsePump(
      HttpClientResponse from, FlowGate gate, HttpServerResponse to, HttpVersion clientVersion) {
    this.from = from;
    this.gate = gate;
    this.to = to;
    this.chunks = clientVersion != HttpVersion.HTTP_1_0;
  }

  /** Starts; the result fails when the sandbox breaks off. */
  Future<Void> start() {
    from.handler(this::part);
    from.endHandler(end -> end());
    from.exceptionHandler(this::broken);
    EventLoop.current().runOnContext(turnOver -> flow());
    return done.future();
  }

  private void part(Buffer part) {
    if (!flowing && held == null) {
      held = part;
      return;
    }
    flow();
    write(part);
  }

  private void flow() {
    Buffer first = held;
    boolean nothingToSay = first == null && !chunks;
    if (flowing || ended || nothingToSay || to.closed()) {
      return;
    }
    flowing = true;
    held = null;
    if (first == null) {
      to.writeHead();
    } else {
      write(first);
    }
  }

  private void write(Buffer part) {
    to.write(part);
    if (to.writeQueueFull()) {
      gate.shut();
      to.drainHandler(drained -> gate.open());
    }
  }

  private void end() {
    ended = true;
    if (!to.closed()) {
      passTrailers();
      Buffer last = held;
      Future<Void> _ = last == null ? to.end() : to.end(last);
    }
    done.tryComplete();
  }

  private void passTrailers() {
    if (chunks && !from.trailers().isEmpty()) {
      if (!to.headWritten() && !to.headers().contains("content-length")) {
        to.setChunked(true);
      }
      to.trailers().addAll(from.trailers());
    }
  }

  private void broken(Throwable cause) {
    ended = true;
    done.tryFail(cause);
  }
}
