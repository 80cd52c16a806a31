package dev.paddock.web;

import java.io.IOException;

/** The client closed or stalled the connection in the middle of a request or an answer. */
public final class ClientGoneException extends IOException {
  ClientGoneException(Throwable cause) {
    super("The client closed the connection", cause);
  }
}
