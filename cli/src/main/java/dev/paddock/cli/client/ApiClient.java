package dev.paddock.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks JSON over HTTP to one base URL with the key of an endpoint. Blocking; every call is
 * bounded by a time-out, and an answer that has begun by another for each pause in it. A refused
 * request becomes a {@link CommandFailure} with the server's own message.
 */
public final class ApiClient {
  /** Long enough for a create that has to pull an image. */
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(15);

  /** How long an answer that has begun may pause. */
  private static final Duration STALL_TIMEOUT = Duration.ofMinutes(1);

  private static final int MOST_JSON_BYTES = 64 << 20;
  private static final int MOST_ERROR_BYTES = 64 << 10;
  static final String VERSION_HEADER = "X-Daytona-SDK-Version";
  private static final String CLIENT_VERSION = "0.190.0";

  private final URI base;
  private final String apiKey;
  private final HttpClient http;
  private final Duration stall;
  private final JsonMapper json = JsonMapper.builder().build();

  public ApiClient(Endpoint endpoint) {
    this(endpoint, STALL_TIMEOUT);
  }

  ApiClient(Endpoint endpoint, Duration stall) {
    this(
        endpoint.apiUrl(),
        endpoint.apiKey(),
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build(),
        stall);
  }

  private ApiClient(URI base, String apiKey, HttpClient http, Duration stall) {
    this.base = base;
    this.apiKey = apiKey;
    this.http = http;
    this.stall = stall;
  }

  /** The same key and connections against another base URL. */
  public ApiClient at(URI otherBase) {
    return new ApiClient(otherBase, apiKey, http, stall);
  }

  /** The base URL of this client. */
  public URI base() {
    return base;
  }

  /** Percent-encodes one path segment or query value. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public JsonNode get(String path) {
    return parse(send(request(path).GET()));
  }

  public JsonNode delete(String path) {
    return parse(send(request(path).DELETE()));
  }

  public JsonNode post(String path, Object body) {
    return parse(send(withJson(request(path), "POST", body)));
  }

  public JsonNode patch(String path, Object body) {
    return parse(send(withJson(request(path), "PATCH", body)));
  }

  /** Sends a request without a body. */
  public JsonNode post(String path) {
    return parse(send(request(path).POST(BodyPublishers.noBody())));
  }

  /** Sends a body of another type than JSON. */
  public JsonNode post(String path, String contentType, BodyPublisher body) {
    return parse(send(request(path).header("Content-Type", contentType).POST(body)));
  }

  /** The answer's body as it arrives; the caller closes it. */
  public InputStream download(String path) {
    return download(path, Map.of());
  }

  /** The same for a request with headers that replace the usual ones. */
  InputStream download(String path, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).GET();
    headers.forEach(request::setHeader);
    return send(request);
  }

  /** The status of a GET, without failing on an error status; empty when nothing answers. */
  public Optional<Integer> probe(String path) {
    try {
      HttpRequest request = request(path).timeout(Duration.ofSeconds(5)).GET().build();
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      response.body().close();
      return Optional.of(response.statusCode());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Opens a WebSocket. */
  public WebSocket webSocket(String path, WebSocket.Listener listener) {
    URI uri = URI.create(base.toString().replaceFirst("^http", "ws") + path);
    try {
      return http.newWebSocketBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .header("Authorization", "Bearer " + apiKey)
          .header(VERSION_HEADER, CLIENT_VERSION)
          .buildAsync(uri, listener)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        HttpResponse<?> response = refusal.getResponse();
        throw refused(response.statusCode(), Objects.toString(response.body(), ""));
      }
      throw new CommandFailure(
          CommandFailure.UNREACHABLE, "Tried to reach " + base + " but failed: " + e.getCause(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(CALL_TIMEOUT)
        .header("Authorization", "Bearer " + apiKey)
        .header("X-Daytona-Source", "paddock-cli")
        .header(VERSION_HEADER, CLIENT_VERSION)
        .header("Accept", "application/json, */*");
  }

  private HttpRequest.Builder withJson(HttpRequest.Builder request, String method, Object body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(json.writeValueAsString(body)));
  }

  private InputStream send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() >= 400) {
        throw refused(response);
      }
      return patient(response);
    } catch (ConnectException e) {
      throw new CommandFailure(
          CommandFailure.UNREACHABLE,
          "Nothing answers at " + base + ". Is the server running? Start it with `paddock up`.",
          e);
    } catch (IOException e) {
      throw new CommandFailure(
          CommandFailure.UNREACHABLE, "Tried to reach " + base + " but failed: " + e, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private InputStream patient(HttpResponse<InputStream> response) {
    return new PatientBody(response.body(), stall);
  }

  private CommandFailure refused(HttpResponse<InputStream> response) throws IOException {
    int status = response.statusCode();
    String body;
    try (InputStream bytes = patient(response)) {
      body = new String(bytes.readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
    }
    return refused(status, body);
  }

  private CommandFailure refused(int status, String body) {
    return new CommandFailure(
        CommandFailure.exitCodeFor(status), message(body) + " (HTTP " + status + ")");
  }

  private String message(String body) {
    try {
      JsonNode message = json.readTree(body).path("message");
      return message.isString() ? message.stringValue() : "The server refused the request";
    } catch (JacksonException e) {
      return body.isBlank() ? "The server refused the request" : body.strip();
    }
  }

  private JsonNode parse(InputStream body) {
    try (body) {
      byte[] bytes = body.readNBytes(MOST_JSON_BYTES);
      if (bytes.length == MOST_JSON_BYTES) {
        throw new CommandFailure(
            CommandFailure.FAILED, "The answer of " + base + " is too long to be one");
      }
      return bytes.length == 0 ? json.nullNode() : json.readTree(bytes);
    } catch (IOException e) {
      throw new CommandFailure(
          CommandFailure.UNREACHABLE, "The connection to " + base + " broke: " + e, e);
    } catch (JacksonException e) {
      throw new CommandFailure(
          CommandFailure.FAILED, "The answer of " + base + " is not JSON; is it a Paddock?", e);
    }
  }

  private static CommandFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CommandFailure(CommandFailure.FAILED, "Interrupted", e);
  }
}
