package dev.paddock.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@link Exchange} over a request or a WebSocket handshake. */
final class RequestExchange implements Exchange {
  static final String VERSION_PROTOCOL = "X-Daytona-SDK-Version~";
  private static final HeaderName VERSION = HeaderNames.create("X-Daytona-SDK-Version");
  private static final HeaderName PROTOCOLS = HeaderNames.create("Sec-WebSocket-Protocol");

  private final HttpPrologue prologue;
  private final Headers headers;
  private final RequestBody body;
  private final String remoteAddress;
  private final int maxJsonBytes;
  private Map<String, String> pathParameters = Map.of();
  private @Nullable Map<String, List<String>> query;
  private @Nullable Principal principal;

  RequestExchange(
      HttpPrologue prologue,
      Headers headers,
      RequestBody body,
      String remoteAddress,
      int maxJsonBytes) {
    this.prologue = prologue;
    this.headers = headers;
    this.body = body;
    this.remoteAddress = remoteAddress;
    this.maxJsonBytes = maxJsonBytes;
  }

  void matched(Map<String, String> parameters) {
    this.pathParameters = parameters;
  }

  void authenticated(Principal who) {
    this.principal = who;
  }

  RequestBody requestBody() {
    return body;
  }

  @Override
  public String method() {
    return prologue.method().text();
  }

  @Override
  public String path() {
    return prologue.uriPath().rawPath();
  }

  @Override
  public String rawQuery() {
    return prologue.query().rawValue();
  }

  @Override
  public String pathParam(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter " + name);
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return queryAll(name).stream().findFirst();
  }

  @Override
  public List<String> queryAll(String name) {
    Map<String, List<String>> values = query;
    if (values == null) {
      values = QueryText.parse(rawQuery());
      query = values;
    }
    return values.getOrDefault(name, List.of());
  }

  @Override
  public Optional<String> header(String name) {
    return headers.first(HeaderNames.create(name));
  }

  @Override
  public <T> T json(Class<T> type) {
    return json(type, maxJsonBytes);
  }

  @Override
  public <T> T json(Class<T> type, int maxBytes) {
    byte[] bytes = jsonBytes(maxBytes);
    return Json.read(bytes.length == 0 ? new byte[] {'{', '}'} : bytes, type);
  }

  private byte[] jsonBytes(int maxBytes) {
    if (contentLength() > maxBytes) {
      throw tooLong(maxBytes);
    }
    try {
      byte[] bytes = body.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLong(maxBytes);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpFailure tooLong(int maxBytes) {
    return new HttpFailure(413, "The request body is longer than " + maxBytes + " bytes");
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public long contentLength() {
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      return -1;
    }
    return headers.contentLength().orElse(0);
  }

  @Override
  public Principal principal() {
    if (principal == null) {
      throw new IllegalStateException("The route is public");
    }
    return principal;
  }

  @Override
  public Optional<ClientVersion> client() {
    return headers.first(VERSION).or(this::versionOfProtocol).flatMap(ClientVersion::parse);
  }

  private Optional<String> versionOfProtocol() {
    return versionProtocol().map(protocol -> protocol.substring(VERSION_PROTOCOL.length()));
  }

  private Optional<String> versionProtocol() {
    return protocols().stream()
        .filter(protocol -> protocol.startsWith(VERSION_PROTOCOL))
        .findFirst();
  }

  /**
   * The sub-protocol to choose: the one with the client's version, or else the last offered, since
   * some clients fail when they offer any and none is chosen.
   */
  Optional<String> chosenProtocol() {
    List<String> offered = protocols();
    return versionProtocol()
        .or(() -> offered.isEmpty() ? Optional.empty() : Optional.of(offered.getLast()));
  }

  private List<String> protocols() {
    if (!headers.contains(PROTOCOLS)) {
      return List.of();
    }
    // The library splits only where a blank follows the comma.
    return headers.get(PROTOCOLS).allValues().stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(protocol -> !protocol.isEmpty())
        .toList();
  }

  @Override
  public void onClientGone(Runnable action) {
    LookAhead.watch(action);
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }
}
