package dev.paddock.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a handler answers. */
public sealed interface Answer {
  int status();

  /** Headers besides Content-Type and Content-Length, in the order in which they are sent. */
  Map<String, String> headers();

  /** The same answer with one more header. */
  Answer withHeader(String name, String value);

  /** {@code body} as JSON with status 200. */
  static Buffered ok(@Nullable Object body) {
    return json(200, body);
  }

  /** {@code body} as JSON. */
  static Buffered json(int status, @Nullable Object body) {
    return bytes(status, "application/json", Json.bytes(body));
  }

  /** No body. */
  static Buffered empty(int status) {
    return new Buffered(status, "", new byte[0], Map.of());
  }

  /** Plain text in UTF-8. */
  static Buffered text(int status, String body) {
    return bytes(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  /** An HTML page in UTF-8. */
  static Buffered html(int status, String body) {
    return bytes(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code body} as it is; not copied. */
  static Buffered bytes(int status, String contentType, byte[] body) {
    return new Buffered(status, contentType, body, Map.of());
  }

  /** Sends the client to another address, with status 302. */
  static Buffered redirect(String location) {
    return empty(302).withHeader("Location", location);
  }

  /**
   * A body that is written while it is made. With a length, a body that ends short of it cuts the
   * connection; without, it is sent chunked.
   */
  static Streamed stream(int status, String contentType, OptionalLong length, StreamBody body) {
    return new Streamed(status, contentType, length, body, Map.of());
  }

  /** An answer whose body is at hand. */
  final class Buffered implements Answer {
    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;

    private Buffered(int status, String contentType, byte[] body, Map<String, String> headers) {
      this.status = status;
      this.contentType = contentType;
      this.body = body;
      this.headers = headers;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Map<String, String> headers() {
      return headers;
    }

    /** Empty when there is no body. */
    String contentType() {
      return contentType;
    }

    byte[] body() {
      return body;
    }

    @Override
    public Buffered withHeader(String name, String value) {
      return new Buffered(status, contentType, body, with(headers, name, value));
    }
  }

  /** An answer whose body is written as it is made. */
  record Streamed(
      int status,
      String contentType,
      OptionalLong length,
      StreamBody body,
      Map<String, String> headers)
      implements Answer {
    @Override
    public Streamed withHeader(String name, String value) {
      return new Streamed(status, contentType, length, body, with(headers, name, value));
    }
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return more;
  }
}
