package dev.paddock.web;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do with a request's body that nobody read. A short one is read away, and the connection
 * stays. Behind a long one the connection is closed, but only after the client had time to read the
 * answer: closing over unread bytes would make the client's kernel drop the answer.
 */
enum UnreadBody {
  NONE,
  SHORT,
  LONG,
  /** The client waits for permission to send it. */
  HELD_BACK;

  private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);
  private static final long SHORT_BYTES = 256 << 10;
  private static final long MOST_DISCARDED_BYTES = 64 << 20;

  static UnreadBody of(RequestExchange exchange, ServerRequest request) {
    long length = exchange.contentLength();
    if (length == 0 || exchange.requestBody().ended() || request.content().consumed()) {
      return NONE;
    }
    if (request.headers().contains(HeaderValues.EXPECT_100) && !exchange.requestBody().opened()) {
      return HELD_BACK;
    }
    return length > 0 && length <= SHORT_BYTES ? SHORT : LONG;
  }

  /** Called before the answer is sent. */
  void announce(ServerResponse response) {
    if (this == LONG || this == HELD_BACK) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /** Called after the answer was sent. */
  void discard(RequestExchange exchange) {
    if (this == HELD_BACK) {
      throw new CloseConnectionException("The body was refused");
    }
    if (this != LONG) {
      return;
    }
    byte[] buffer = new byte[64 << 10];
    long left = MOST_DISCARDED_BYTES;
    try {
      int count = 0;
      while (left > 0 && count >= 0) {
        count = exchange.body().read(buffer);
        left -= count;
      }
    } catch (IOException e) {
      LOG.debug("The client left before the end of a body that nobody read", e);
    }
    throw new CloseConnectionException("A long body was not read");
  }
}
