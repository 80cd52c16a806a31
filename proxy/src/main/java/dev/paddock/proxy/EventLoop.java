package dev.paddock.proxy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;

/** The event loop that runs the calling code. */
final class EventLoop {
  private EventLoop() {}

  static Context current() {
    return Objects.requireNonNull(Vertx.currentContext(), "runs on an event loop");
  }
}
