package dev.paddock.proxy;

import io.vertx.core.http.HttpClientRequest;
import org.jspecify.annotations.Nullable;

/** One connection to a sandbox and who uses it. */
final class Upstream {
  private final FlowGate gate;
  private @Nullable Forwarding user;

  Upstream(FlowGate gate) {
    this.gate = gate;
  }

  FlowGate gate() {
    return gate;
  }

  /**
   * Notes who uses the connection from now on.
   *
   * @return whether it served another before; then the sandbox may have closed it at the moment
   *     when this request left
   */
  boolean use(Forwarding next) {
    boolean reused = user != null;
    user = next;
    return reused;
  }

  /**
   * Breaks a request off by closing its connection, unless that already went back to the pool and
   * serves another: then the response has arrived whole and there is nothing to break off.
   */
  void breakOff(HttpClientRequest request, Forwarding by) {
    if (user == by) {
      request.reset();
      gate.open();
    }
  }
}
