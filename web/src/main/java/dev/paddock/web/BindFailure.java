package dev.paddock.web;

import dev.paddock.model.failure.UnavailableException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Says why a server could not listen. */
final class BindFailure {
  private BindFailure() {}

  static RuntimeException explain(String host, int port, RuntimeException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new UnavailableException(
            "Cannot listen on "
                + host
                + ":"
                + port
                + ": "
                + cause.getMessage()
                + ". Stop what uses the port, or choose another one.",
            failure);
      }
    }
    return failure;
  }
}
