package dev.paddock.web;

import dev.paddock.model.failure.PaddockException;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Leads a request from its arrival to its answer. */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Routes routes;
  private final WebLimits limits;
  private final RequestIds ids = new RequestIds();

  Dispatcher(Routes routes, WebLimits limits) {
    this.routes = routes;
    this.limits = limits;
  }

  void handle(ServerRequest request, ServerResponse response) {
    String id = ids.next();
    RequestExchange exchange = exchange(request);
    MDC.put("request", id);
    try {
      Answer answer = answer(exchange);
      finish(exchange, answer, request, response.header("X-Request-Id", id));
    } finally {
      LookAhead.unwatch();
      MDC.remove("request");
    }
  }

  private RequestExchange exchange(ServerRequest request) {
    return new RequestExchange(
        request.prologue(),
        request.headers(),
        new RequestBody(request.content()::inputStream),
        request.remotePeer().host(),
        limits.maxJsonBytes());
  }

  private Answer answer(RequestExchange exchange) {
    Answer answer;
    try {
      answer = routed(exchange);
    } catch (Throwable e) {
      answer = failed(exchange, e);
    }
    return complete(exchange, answer);
  }

  private Answer complete(RequestExchange exchange, Answer answer) {
    return Cors.allow(exchange, routes.decorate(exchange.path(), answer));
  }

  private Answer routed(RequestExchange exchange) throws Exception {
    return switch (routes.find(exchange.method(), exchange.path())) {
      case Router.Found.Target<Endpoint>(Endpoint endpoint, Map<String, String> parameters) -> {
        exchange.matched(parameters);
        yield call(endpoint, exchange);
      }
      case Router.Found.OtherMethods<Endpoint> other -> refused(exchange, other);
      case Router.Found.Nothing<Endpoint> nothing ->
          throw new HttpFailure(404, "Cannot " + exchange.method() + " " + exchange.path());
    };
  }

  private Answer call(Endpoint endpoint, RequestExchange exchange) throws Exception {
    endpoint.group().admit(exchange);
    try {
      return endpoint.handler().handle(exchange);
    } finally {
      LookAhead.unwatch();
    }
  }

  private Answer refused(RequestExchange exchange, Router.Found.OtherMethods<Endpoint> other) {
    String allowed = String.join(", ", other.allowed());
    Answer.Buffered answer =
        exchange.method().equals("OPTIONS")
            ? Answer.empty(204)
            : routes.error(exchange, 405, "Cannot " + exchange.method() + " " + exchange.path());
    return answer.withHeader("Allow", allowed);
  }

  private Answer.Buffered failed(RequestExchange exchange, Throwable failure) {
    return switch (failure) {
      case PaddockException e -> foreseen(exchange, e);
      case HttpFailure e -> routes.error(exchange, e.status(), String.valueOf(e.getMessage()));
      case ClientGoneException e -> throw new CloseConnectionException("The client left", e);
      case CloseConnectionException e -> throw e;
      default -> {
        if (failure.getCause() instanceof ClientGoneException e) {
          throw new CloseConnectionException("The client left", e);
        }
        LOG.error("{} {} failed", exchange.method(), exchange.path(), failure);
        yield routes.error(exchange, 500, "An unexpected error occurred.");
      }
    };
  }

  private Answer.Buffered foreseen(RequestExchange exchange, PaddockException failure) {
    Answer.Buffered answer = routes.error(exchange, Statuses.of(failure), failure.getMessage());
    return failure
        .retryAfter()
        .map(time -> answer.withHeader("Retry-After", Long.toString(time.toSeconds())))
        .orElse(answer);
  }

  private void finish(
      RequestExchange exchange, Answer answer, ServerRequest request, ServerResponse response) {
    UnreadBody unread = UnreadBody.of(exchange, request);
    boolean headersOnly = exchange.method().equals("HEAD");
    try {
      unread.announce(response);
      AnswerWriter.send(answer, response, headersOnly);
    } catch (CloseConnectionException e) {
      LOG.debug("{} {} was cut off", exchange.method(), exchange.path(), e.getCause());
      throw e;
    } catch (Exception e) {
      sendInstead(complete(exchange, failed(exchange, e)), response, headersOnly);
    }
    unread.discard(exchange);
    if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("The client asked for it");
    }
  }

  private static void sendInstead(Answer answer, ServerResponse response, boolean headersOnly) {
    try {
      AnswerWriter.send(answer, response, headersOnly);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (Exception e) {
      throw new CloseConnectionException("The error could not be sent", e);
    }
  }
}
