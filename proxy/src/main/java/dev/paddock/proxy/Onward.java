package dev.paddock.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/**
 * How an admitted request goes on.
 *
 * @param resource path and query for the next server
 * @param authorization which Authorization headers belong to the next server
 * @param toolboxAccess identity for the toolbox, when the preview token opened it
 * @param opener gets a connection
 */
record Onward(
    String resource, Authorization authorization, Optional<String> toolboxAccess, Opener opener) {
  /** Which Authorization headers go on. */
  enum Authorization {
    ALL,
    ALL_BUT_OUR_KEYS,
    NONE
  }

  /** Gets a connection to the next server, pooled or new. */
  @FunctionalInterface
  interface Opener {
    Future<HttpClientRequest> open(HttpMethod method, String resource);
  }

  Future<HttpClientRequest> open(HttpMethod method) {
    return opener.open(method, resource);
  }
}
