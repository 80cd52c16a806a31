package dev.paddock.api;

import dev.paddock.api.request.Bearer;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.access.Permission;
import dev.paddock.web.Json;
import dev.paddock.web.Principal;
import dev.paddock.web.WebLimits;
import dev.paddock.web.WebServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The API on a real server and a real database, over a runner in memory. */
public final class TestApi implements AutoCloseable {
  private static final String STRANGER = "99999999-9999-4999-8999-999999999999";

  private final TestControl control;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebServer server;
  private final WebServer strangers;

  public TestApi() {
    this(new TestControl());
  }

  /** On a control plane of its own, which it closes. */
  public TestApi(TestControl control) {
    this.control = control;
    ApiAddresses addresses =
        new ApiAddresses(
            "http://localhost:3000/api",
            "http://localhost:3000/toolbox",
            "http://{{PORT}}-{{sandboxId}}.proxy.localhost:4000",
            "http://localhost:3000/dashboard");
    Api api = new Api(control.control(), addresses, "0.1.0", TestControl.SNAPSHOT);
    server =
        WebServer.start(
            "127.0.0.1",
            0,
            WebLimits.defaults(),
            api.groups(new Bearer(control.control().apiKeys())));
    strangers =
        WebServer.start(
            "127.0.0.1",
            0,
            WebLimits.defaults(),
            api.groups(e -> new Principal(STRANGER, STRANGER, Permission.all())));
  }

  /** What is below it. */
  public TestControl control() {
    return control;
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Calls with the key of the installation. */
  public Reply call(String method, String path, String body) {
    return call(method, path, body, "Authorization", "Bearer " + control.key());
  }

  /** Calls with exactly these headers. */
  public Reply call(String method, String path, String body, String... headers) {
    return call(server, method, path, body, headers);
  }

  /** Calls as somebody of another organisation. */
  public Reply callAsStranger(String method, String path, String body) {
    return call(strangers, method, path, body);
  }

  private Reply call(WebServer target, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target.port() + "/api" + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (Exception e) {
      throw new AssertionError(method + " " + path + " was not answered", e);
    }
  }

  public Reply get(String path) {
    return call("GET", path, "");
  }

  public Reply post(String path, String body) {
    return call("POST", path, body);
  }

  /** Creates a sandbox and tells its id. */
  public String sandbox(String body) {
    return String.valueOf(post("/sandbox", body).object().get("id"));
  }

  /** A text as a part of an address. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    strangers.close();
    http.close();
    control.close();
  }

  /** An answer. */
  public record Reply(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    /** The body as a JSON object. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object() {
      return (Map<String, Object>) Json.read(body().getBytes(StandardCharsets.UTF_8), Map.class);
    }

    /** Status and message of an error, e.g. {@code 404 Sandbox not found}. */
    public String error() {
      return object().get("statusCode") + " " + object().get("message");
    }
  }
}
