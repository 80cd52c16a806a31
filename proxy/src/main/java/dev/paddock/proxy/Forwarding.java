package dev.paddock.proxy;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to a sandbox and its response on the way back. */
final class Forwarding {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
  private static final Set<HttpMethod> REPEATABLE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final int MOST_EARLY_HINTS = 8;

  private final Forwarder forwarder;
  private final Exchange exchange;
  private final Onward onward;
  private final Runnable whenOver;
  private final HttpServerRequest request;
  private final boolean upgrades;
  private @Nullable HttpClientRequest sent;
  private @Nullable Upstream upstream;
  private boolean over;
  private boolean repeated;
  private int earlyHints;

  Forwarding(Forwarder forwarder, Exchange exchange, Onward onward, Runnable whenOver) {
    this.forwarder = forwarder;
    this.exchange = exchange;
    this.onward = onward;
    this.whenOver = whenOver;
    this.request = exchange.request();
    this.upgrades = exchange.upgrades();
  }

  void start() {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      finish();
      return;
    }
    response.closeHandler(gone -> abandon());
    response.exceptionHandler(broken -> abandon());
    connect();
  }

  private void connect() {
    onward.open(request.method()).onComplete(guarded(this::send), this::refuse);
  }

  private void send(HttpClientRequest opened) {
    opened.exceptionHandler(broken -> LOG.debug("A connection to a sandbox broke", broken));
    if (over) {
      opened.reset();
      return;
    }
    Optional<Upstream> connection = forwarder.upstream(opened.connection());
    if (connection.isEmpty()) {
      unanswered(new HttpClosedException("closed before use"), true);
      return;
    }
    Upstream used = connection.get();
    sent = opened;
    upstream = used;
    boolean reused = used.use(this);
    try {
      RequestHeaders.copy(request, opened.headers(), exchange, onward);
    } catch (IllegalArgumentException e) {
      opened.reset();
      refuse(new RefusedException(Refusal.badRequest("The request has a malformed header.")));
      return;
    }
    opened.earlyHintsHandler(this::passEarlyHints);
    if (upgrades) {
      Tunnel.ask(opened, request.getHeader(HttpHeaders.UPGRADE));
    } else {
      sendBody(opened);
    }
    opened
        .response()
        .onComplete(
            guarded(response -> answered(response, used.gate())),
            failure -> unanswered(failure, reused));
  }

  /** A mistake of ours must not leave a client waiting. */
  private <T> Handler<T> guarded(Handler<T> step) {
    return value -> {
      try {
        step.handle(value);
      } catch (RuntimeException e) {
        LOG.error("A preview request failed", e);
        giveUp("The sandbox's answer could not be passed on.");
      }
    };
  }

  private void sendBody(HttpClientRequest opened) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      opened.putHeader(HttpHeaders.CONTENT_LENGTH, length);
    }
    if (!exchange.hasBody()) {
      opened.end();
      return;
    }
    opened.setChunked(length == null);
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      opened.putHeader(HttpHeaders.EXPECT, HttpHeaders.CONTINUE);
      opened.continueHandler(go -> request.response().writeContinue());
      opened.writeHead();
    }
    request.pipe().endOnFailure(false).to(opened).onFailure(cut -> breakOff());
  }

  private void answered(HttpClientResponse response, FlowGate gate) {
    if (over) {
      return;
    }
    if (response.statusCode() == 101 && upgrades) {
      forwarder.upgraded(request.connection(), response.request().connection());
      Tunnel.join(exchange, response, gate).onComplete(closed -> finish());
      return;
    }
    if (response.statusCode() < 200 || response.statusCode() > 999) {
      giveUp("The sandbox answered with a status out of place.");
      return;
    }
    try {
      passHead(response);
    } catch (IllegalArgumentException e) {
      request.response().headers().clear();
      giveUp("The sandbox answered with a malformed header.");
      return;
    }
    new ResponsePump(response, gate, request.response(), request.version())
        .start()
        .onComplete(done -> completed(), failure -> brokeOff());
  }

  private void passHead(HttpClientResponse response) {
    HttpServerResponse client = request.response();
    ResponseHeaders.copy(response.headers(), client.headers(), exchange);
    if (!response.statusMessage().isEmpty()) {
      client.setStatusMessage(response.statusMessage());
    }
    client.setStatusCode(response.statusCode());
    if (request.version() == HttpVersion.HTTP_1_0
        && !client.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      client.headersEndHandler(
          head -> client.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
      client.bodyEndHandler(end -> request.connection().close());
    }
  }

  private void passEarlyHints(MultiMap hints) {
    earlyHints++;
    if (!over && earlyHints <= MOST_EARLY_HINTS && !request.response().headWritten()) {
      MultiMap passed = MultiMap.caseInsensitiveMultiMap();
      ResponseHeaders.copy(hints, passed, exchange);
      request.response().writeEarlyHints(passed);
    }
  }

  private void unanswered(Throwable failure, boolean reused) {
    if (over) {
      return;
    }
    boolean repeatable =
        reused && !repeated && !exchange.hasBody() && REPEATABLE.contains(request.method());
    if (repeatable && !upgrades) {
      repeated = true;
      connect();
      return;
    }
    LOG.debug("A sandbox gave no answer", failure);
    giveUp("The sandbox closed the connection without a proper answer.");
  }

  private void completed() {
    if (over) {
      return;
    }
    if (exchange.hasBody() && !request.isEnded()) {
      resetUpstream();
      Leftover.discard(request);
    } else if (upgrades) {
      resetUpstream();
    }
    finish();
  }

  private void brokeOff() {
    if (!over) {
      finish();
      request.response().reset();
    }
  }

  private void giveUp(String why) {
    resetUpstream();
    refuse(new RefusedException(Refusal.badGateway(why)));
  }

  private void refuse(Throwable failure) {
    if (over) {
      return;
    }
    finish();
    if (failure instanceof RefusedException refused) {
      exchange.refuse(refused.refusal());
    } else {
      LOG.warn("A preview request failed", failure);
      exchange.refuse(Refusal.badGateway("The sandbox could not be reached."));
    }
  }

  private void abandon() {
    if (!over) {
      finish();
      resetUpstream();
    }
  }

  private void breakOff() {
    if (!over) {
      resetUpstream();
    }
  }

  private void resetUpstream() {
    if (upstream != null && sent != null) {
      upstream.breakOff(sent, this);
    }
  }

  private void finish() {
    if (!over) {
      over = true;
      whenOver.run();
    }
  }
}
