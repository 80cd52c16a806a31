package dev.paddock.proxy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at every request's host and sends it where it belongs. Belongs to one event loop. */
final class PreviewHandler implements Handler<HttpServerRequest> {
  /** The port by which clients without path routing reach the toolbox. */
  private static final int TOOLBOX_PORT = 2_280;

  private static final String TOOLBOX = "/toolbox/";
  private static final String SKIP_ACTIVITY = "X-Daytona-Skip-Last-Activity-Update";
  private static final Logger LOG = LoggerFactory.getLogger(PreviewHandler.class);

  private final ProxyConfig config;
  private final CachedDirectory directory;
  private final Activity activity;
  private final Gate gate;
  private final Upstreams upstreams;
  private final Forwarder forwarder;

  PreviewHandler(
      ProxyConfig config,
      CachedDirectory directory,
      Activity activity,
      Upstreams upstreams,
      Forwarder forwarder) {
    this.config = config;
    this.directory = directory;
    this.activity = activity;
    this.gate = new Gate(directory);
    this.upstreams = upstreams;
    this.forwarder = forwarder;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Exchange exchange;
    try {
      exchange = Exchange.of(request, config);
    } catch (RefusedException refused) {
      // What follows on the connection may be anything.
      request.response().bodyEndHandler(end -> request.connection().close());
      RefusalWriter.write(request, refused.refusal());
      return;
    }
    try {
      route(exchange);
    } catch (RuntimeException e) {
      refuse(exchange, e);
    }
  }

  private void route(Exchange exchange) {
    if (exchange.cors().preflight()) {
      exchange.cors().answer(exchange.request());
      return;
    }
    switch (PreviewHost.parse(exchange.host(), config.domain())) {
      case PreviewHost.Base() -> base(exchange);
      case PreviewHost.NoSuchPort(String number) ->
          exchange.refuse(Refusal.badRequest(number + " is not a port; ports go from 1 to 65535."));
      case PreviewHost.Port(int port, String sandboxId) -> preview(exchange, port, sandboxId);
    }
  }

  private void preview(Exchange exchange, int port, String sandboxId) {
    directory
        .find(sandboxId)
        .compose(found -> admit(exchange, found, port))
        .onComplete(
            admitted -> proceed(exchange, port, admitted), failure -> refuse(exchange, failure));
  }

  private record Admitted(PreviewTarget target, Access access) {}

  private Future<Admitted> admit(Exchange exchange, Optional<PreviewTarget> found, int port) {
    if (found.isEmpty()) {
      return refused(Refusal.notFound("No such sandbox", "There is no sandbox by this id."));
    }
    PreviewTarget target = found.get();
    return gate.open(target, port, credentials(exchange, target.sandboxId()))
        .compose(access ->
            access
                .map(way -> Future.succeededFuture(new Admitted(target, way)))
                .orElseGet(() -> refused(Refusal.unauthorized())));
  }

  private Credentials credentials(Exchange exchange, String sandboxId) {
    Credentials all = Credentials.of(exchange.request().headers(), exchange.uri(), sandboxId);
    return all.cookie().isEmpty() || CookieTrust.test(exchange) ? all : all.withoutCookie();
  }

  private void proceed(Exchange exchange, int port, Admitted admitted) {
    PreviewTarget target = admitted.target();
    if (!target.started()) {
      exchange.refuse(Refusal.notStarted(target.state()));
      return;
    }
    Access access = admitted.access();
    Exchange answered = exchange;
    if (access.way() == Access.Way.QUERY) {
      answered = exchange.withCookie(AccessCookie.issue(target, exchange.host(), config));
      if (answered.isTopLevelNavigation()) {
        answered.redirectToCleanAddress();
        return;
      }
    }
    boolean counts = !"true".equalsIgnoreCase(exchange.request().getHeader(SKIP_ACTIVITY));
    Runnable whenOver = counts ? () -> activity.closed(target.sandboxId()) : () -> {};
    if (counts) {
      activity.opened(target.sandboxId());
    }
    forwarder.forward(answered, onward(answered, port, target, access), whenOver);
  }

  private Onward onward(Exchange exchange, int port, PreviewTarget target, Access access) {
    String resource = exchange.uri().resource();
    if (port == TOOLBOX_PORT) {
      return toolbox(TOOLBOX + target.sandboxId() + resource, Optional.of(target), access);
    }
    CachedDirectory.Port place = new CachedDirectory.Port(target.sandboxId(), port);
    return new Onward(
        resource,
        access.bearerAccepted() ? Onward.Authorization.NONE : Onward.Authorization.ALL_BUT_OUR_KEYS,
        Optional.empty(),
        (method, path) -> upstreams.toSandbox(place, method, path));
  }

  private void base(Exchange exchange) {
    String path = exchange.uri().path();
    if (path.equals("/health")) {
      health(exchange);
    } else if (path.startsWith(TOOLBOX)) {
      toolboxByPath(exchange);
    } else {
      exchange.refuse(
          Refusal.notFound(
              "Nothing here",
              "Previews live at {port}-{sandbox id}." + config.domain() + " on this server."));
    }
  }

  private void health(Exchange exchange) {
    HttpServerResponse response = exchange.request().response();
    exchange.decorate(response.headers());
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
    response.end(new JsonObject().put("status", "ok").put("version", config.version()).encode());
  }

  /** The API judges bearers itself; preview tokens are known here. */
  private void toolboxByPath(Exchange exchange) {
    String tail = exchange.uri().path().substring(TOOLBOX.length());
    int slash = tail.indexOf('/');
    String sandboxId = slash < 0 ? tail : tail.substring(0, slash);
    Credentials tokens = credentials(exchange, sandboxId).withoutBearer();
    Future<Onward> plan =
        tokens.isEmpty()
            ? Future.succeededFuture(untouched(exchange))
            : directory.find(sandboxId).compose(found -> byToken(exchange, found, tokens));
    plan.onComplete(
        onward -> forwarder.forward(exchange, onward, () -> {}),
        failure -> refuse(exchange, failure));
  }

  private Future<Onward> byToken(
      Exchange exchange, Optional<PreviewTarget> found, Credentials tokens) {
    if (found.isEmpty()) {
      return Future.succeededFuture(untouched(exchange));
    }
    return gate.open(found.get(), TOOLBOX_PORT, tokens)
        .map(access ->
            access
                .map(way -> toolbox(exchange.uri().resource(), found, way))
                .orElseGet(() -> untouched(exchange)));
  }

  private Onward untouched(Exchange exchange) {
    return new Onward(
        exchange.uri().resource(),
        Onward.Authorization.ALL,
        Optional.empty(),
        upstreams::toToolbox);
  }

  private Onward toolbox(String resource, Optional<PreviewTarget> target, Access access) {
    boolean byBearer = access.bearerAccepted();
    Optional<String> identity =
        byBearer
            ? Optional.empty()
            : target.map(known -> known.sandboxId() + ":" + known.previewToken());
    return new Onward(
        resource,
        byBearer ? Onward.Authorization.ALL : Onward.Authorization.NONE,
        identity,
        upstreams::toToolbox);
  }

  private static void refuse(Exchange exchange, Throwable failure) {
    if (failure instanceof RefusedException refused) {
      exchange.refuse(refused.refusal());
    } else {
      LOG.error("A preview request failed", failure);
      exchange.refuse(Refusal.unavailable("An unexpected error occurred."));
    }
  }

  private static <T> Future<T> refused(Refusal refusal) {
    return Future.failedFuture(new RefusedException(refusal));
  }
}
