package dev.paddock.web;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** One request, or one WebSocket handshake, as handlers and authenticators see it. */
public interface Exchange {
  /** The method in upper case. */
  String method();

  /** The path as it was sent, percent-encoded, without the query. */
  String path();

  /** Everything after the question mark as it was sent; empty when there is none. */
  String rawQuery();

  /**
   * The decoded value of a path parameter.
   *
   * @throws IllegalArgumentException if the route has no such parameter
   */
  String pathParam(String name);

  /** The first decoded value of a query parameter. */
  Optional<String> query(String name);

  /** All values of a query parameter, given as {@code name=} or {@code name[]=}. */
  List<String> queryAll(String name);

  /** The first value of a header; names are case-insensitive. */
  Optional<String> header(String name);

  /**
   * Reads the body as JSON of at most {@link WebLimits#maxJsonBytes()} bytes into a record. An
   * empty body counts as {@code {}}. Unknown fields are ignored; components that are neither {@code
   * Optional} nor {@code @Nullable} nor primitive are required. An absent primitive is zero or
   * false.
   *
   * @throws dev.paddock.model.failure.InvalidException naming the field that is missing or wrong
   */
  <T> T json(Class<T> type);

  /** The same with another limit, for requests that may carry much. */
  <T> T json(Class<T> type, int maxBytes);

  /**
   * The body, of any size, as it arrives. Reading throws {@link ClientGoneException} when the
   * client goes away before its end.
   */
  InputStream body();

  /** The announced length of the body; -1 when it is chunked, 0 when there is none. */
  long contentLength();

  /**
   * Who sent this.
   *
   * @throws IllegalStateException on a public route
   */
  Principal principal();

  /** The version of the official client, from its header or its WebSocket sub-protocol. */
  Optional<ClientVersion> client();

  /**
   * Runs {@code action} on another thread if the client closes its connection before the handler
   * has returned, or, when the body of a streamed answer calls this, before that is written. For
   * those that wait for something else than the client, once the request's body is read; one action
   * at a time.
   */
  void onClientGone(Runnable action);

  /** IP address of the other end of the connection. */
  String remoteAddress();
}
