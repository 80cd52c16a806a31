package dev.paddock.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes that share a prefix, a way to authenticate and a form of error body.
 *
 * @param prefix path before every route's own, e.g. {@code /api} or {@code /toolbox/{sandboxId}}
 * @param authenticator who may call them; empty when everybody may
 * @param errors form of their error bodies
 * @param headers headers of each of their answers
 * @param routes HTTP operations
 * @param sockets WebSocket endpoints
 */
public record RouteGroup(
    String prefix,
    Optional<Authenticator> authenticator,
    ErrorStyle errors,
    Map<String, String> headers,
    List<Route> routes,
    List<WebSocketRoute> sockets) {
  public RouteGroup {
    headers = Map.copyOf(headers);
    routes = List.copyOf(routes);
    sockets = List.copyOf(sockets);
  }

  /** A group that everybody may call. */
  public static RouteGroup open(String prefix, ErrorStyle errors) {
    return new RouteGroup(prefix, Optional.empty(), errors, Map.of(), List.of(), List.of());
  }

  /** A group that needs credentials. */
  public static RouteGroup secured(String prefix, ErrorStyle errors, Authenticator authenticator) {
    return new RouteGroup(
        prefix, Optional.of(authenticator), errors, Map.of(), List.of(), List.of());
  }

  /** With these headers on each answer. */
  public RouteGroup headers(Map<String, String> all) {
    return new RouteGroup(prefix, authenticator, errors, all, routes, sockets);
  }

  /** With more HTTP operations. */
  public RouteGroup routes(List<Route> more) {
    return new RouteGroup(prefix, authenticator, errors, headers, join(routes, more), sockets);
  }

  /** With more WebSocket endpoints. */
  public RouteGroup sockets(List<WebSocketRoute> more) {
    return new RouteGroup(prefix, authenticator, errors, headers, routes, join(sockets, more));
  }

  /** Finds out who sent a request; throws when it has no right to be here. */
  void admit(RequestExchange exchange) {
    authenticator.ifPresent(gate -> exchange.authenticated(gate.authenticate(exchange)));
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
