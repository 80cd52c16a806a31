package dev.paddock.web;

/** Lets pages of any origin call the interface with a key that they hold; never with cookies. */
final class Cors {
  private Cors() {}

  static Answer allow(Exchange exchange, Answer answer) {
    if (exchange.header("Origin").isEmpty()) {
      return answer;
    }
    Answer open =
        answer
            .withHeader("Access-Control-Allow-Origin", "*")
            .withHeader("Access-Control-Expose-Headers", "*");
    if (!exchange.method().equals("OPTIONS")) {
      return open;
    }
    String headers = exchange.header("Access-Control-Request-Headers").orElse("*");
    return open.withHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
        .withHeader("Access-Control-Allow-Headers", headers)
        .withHeader("Access-Control-Max-Age", "86400");
  }
}
