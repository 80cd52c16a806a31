package dev.paddock.web;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** All routes of a server, and what holds for a path whether or not a route has it. */
final class Routes {
  private static final RouteGroup ELSEWHERE = RouteGroup.open("", ErrorStyle.API);

  private final Router<Endpoint> router = new Router<>();
  private final Router<SocketEndpoint> sockets = new Router<>();
  private final List<Area> areas;

  /** The paths that begin with {@code start} belong to the group. */
  private record Area(String start, RouteGroup group) {
    static Area of(RouteGroup group) {
      int parameter = group.prefix().indexOf("/{");
      String start = parameter < 0 ? group.prefix() : group.prefix().substring(0, parameter);
      return new Area(start, group);
    }

    boolean holds(String path) {
      return path.startsWith(start)
          && (path.length() == start.length() || path.charAt(start.length()) == '/');
    }
  }

  Routes(List<RouteGroup> groups) {
    for (RouteGroup group : groups) {
      for (Route route : group.routes()) {
        String path = group.prefix() + route.path();
        router.add(route.method(), path, new Endpoint(group, route.handler()));
      }
    }
    groups.forEach(this::addSockets);
    areas =
        groups.stream()
            .map(Area::of)
            .sorted(Comparator.comparingInt((Area area) -> area.start().length()).reversed())
            .toList();
  }

  private void addSockets(RouteGroup group) {
    for (WebSocketRoute route : group.sockets()) {
      SocketEndpoint socket = new SocketEndpoint(group, route);
      String path = group.prefix() + route.path();
      sockets.add("GET", path, socket);
      if (group.routes().stream().noneMatch(r -> isPlain(r, route))) {
        router.add("GET", path, new Endpoint(group, socket::refuse));
      }
    }
  }

  private static boolean isPlain(Route route, WebSocketRoute socket) {
    return route.method().equals("GET") && route.path().equals(socket.path());
  }

  /** The WebSocket endpoint for a path. */
  Router.Found<SocketEndpoint> findSocket(String path) {
    return sockets.find("GET", path);
  }

  /** The route for a method and a path; HEAD falls back to GET. */
  Router.Found<Endpoint> find(String method, String path) {
    Router.Found<Endpoint> found = router.find(method, path);
    return method.equals("HEAD") && !(found instanceof Router.Found.Target)
        ? router.find("GET", path)
        : found;
  }

  /** The answer with the headers that all answers under this path have. */
  Answer decorate(String path, Answer answer) {
    Answer decorated = answer;
    for (Map.Entry<String, String> header : group(path).headers().entrySet()) {
      decorated = decorated.withHeader(header.getKey(), header.getValue());
    }
    return decorated;
  }

  /** An error in the form that is used under this path. */
  Answer.Buffered error(Exchange exchange, int status, String message) {
    return error(exchange.method(), exchange.path(), status, message);
  }

  Answer.Buffered error(String method, String path, int status, String message) {
    return Answer.json(status, group(path).errors().body(status, message, method, path));
  }

  private RouteGroup group(String path) {
    for (Area area : areas) {
      if (area.holds(path)) {
        return area.group();
      }
    }
    return ELSEWHERE;
  }
}
