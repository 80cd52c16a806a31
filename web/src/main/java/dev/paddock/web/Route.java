package dev.paddock.web;

/**
 * One operation of the interface.
 *
 * @param method HTTP method in upper case
 * @param path path below the group's prefix: literal segments, {@code {name}} for one segment,
 *     {@code {+name}} at the end for all remaining ones
 * @param operation its description
 * @param handler what it does
 */
public record Route(String method, String path, Operation operation, Handler handler) {
  public static Route get(String path, Operation operation, Handler handler) {
    return new Route("GET", path, operation, handler);
  }

  public static Route post(String path, Operation operation, Handler handler) {
    return new Route("POST", path, operation, handler);
  }

  public static Route put(String path, Operation operation, Handler handler) {
    return new Route("PUT", path, operation, handler);
  }

  public static Route patch(String path, Operation operation, Handler handler) {
    return new Route("PATCH", path, operation, handler);
  }

  public static Route delete(String path, Operation operation, Handler handler) {
    return new Route("DELETE", path, operation, handler);
  }
}
