package dev.paddock.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Deals with the rest of a request body that nobody reads any more. A little is read and thrown
 * away, so that the client gets to see its answer and may keep its connection; of a client that
 * goes on sending, the connection is closed.
 */
final class Leftover {
  private static final long MOST_BYTES = 1 << 20;
  private static final long LONGEST_MILLIS = 5_000;

  private Leftover() {}

  static void discard(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    Vertx vertx = EventLoop.current().owner();
    long timer = vertx.setTimer(LONGEST_MILLIS, late -> closeUnlessEnded(request));
    AtomicLong read = new AtomicLong();
    request.handler((Buffer part) -> {
      if (read.addAndGet(part.length()) > MOST_BYTES) {
        request.connection().close();
      }
    });
    request.endHandler(end -> vertx.cancelTimer(timer));
    request.exceptionHandler(closed -> vertx.cancelTimer(timer));
    request.resume();
  }

  private static void closeUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }
}
