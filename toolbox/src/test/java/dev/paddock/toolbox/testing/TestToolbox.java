package dev.paddock.toolbox.testing;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConfiguration;
import dev.paddock.model.failure.UnauthorizedException;
import dev.paddock.toolbox.Toolbox;
import dev.paddock.toolbox.file.SignedUrl;
import dev.paddock.web.Exchange;
import dev.paddock.web.Principal;
import dev.paddock.web.WebLimits;
import dev.paddock.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A toolbox for the tests of one class. Its sandbox works in {@link #work()} on this machine. */
public final class TestToolbox implements BeforeAllCallback, AfterAllCallback {
  /** What the URLs of the sandbox's files are signed with. */
  public static final String SIGNING_KEY = "signing-key";

  static final String KEY = "Bearer test-key";

  private final HttpClient http = HttpClient.newHttpClient();
  private final WebLimits limits;
  private @Nullable Running running;

  private record Running(
      Path directory,
      AgentProcess agent,
      TestSandboxes sandboxes,
      Toolbox toolbox,
      WebServer server) {}

  /** With the limits that users have. */
  public TestToolbox() {
    this(WebLimits.defaults().idle());
  }

  /**
   * @param idle how long a connection may be silent
   */
  public TestToolbox(Duration idle) {
    WebLimits usual = WebLimits.defaults();
    this.limits =
        new WebLimits(
            usual.maxJsonBytes(),
            usual.maxTargetBytes(),
            usual.maxHeaderBytes(),
            usual.maxMessageBytes(),
            idle,
            usual.stopGrace());
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path directory = Files.createTempDirectory("toolbox-test");
    Path work = Files.createDirectory(directory.resolve("work"));
    Files.createDirectory(directory.resolve("spool"));
    AgentProcess agent = AgentProcess.start(directory);
    AgentClient client = agent.client();
    client.configure(configuration(work));
    serve(directory, agent, new TestSandboxes(client));
  }

  private void serve(Path directory, AgentProcess agent, TestSandboxes sandboxes) {
    Toolbox toolbox = new Toolbox(sandboxes, "1.2.3", directory.resolve("spool"));
    WebServer server =
        WebServer.start(
            "127.0.0.1",
            0,
            limits,
            toolbox.groups(TestToolbox::authenticate, TestToolbox::bySignature));
    running = new Running(directory, agent, sandboxes, toolbox, server);
  }

  /** Ends the server as a crash would, as far as the sandbox can tell, and starts another. */
  public void restart() {
    Running ended = running();
    ended.toolbox.close();
    ended.server.close();
    serve(ended.directory, ended.agent, ended.sandboxes);
  }

  private static AgentConfiguration configuration(Path work) {
    // Login shells of the tests must not run what the developer's own profile says.
    return new AgentConfiguration(
        Map.of(
            "PATH",
            work.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
            "GREETING",
            "hello",
            "HOME",
            work.toString()),
        "",
        work.toString(),
        "",
        List.of("/bin/sh", "-c", "echo entry; echo problem >&2; exec sleep 1000"));
  }

  static Principal authenticate(Exchange exchange) {
    if (exchange.header("Authorization").filter(KEY::equals).isEmpty()) {
      throw new UnauthorizedException("Invalid credentials");
    }
    return new Principal("user", "organization", Set.of());
  }

  private static Principal bySignature(Exchange exchange) {
    Optional<SignedUrl> url = SignedUrl.of(exchange);
    if (url.isEmpty()) {
      return authenticate(exchange);
    }
    url.get().verify(SIGNING_KEY, Instant.now());
    return new Principal("signed", "organization", Set.of());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Running ended = running();
    ended.server.close();
    ended.toolbox.close();
    ended.agent.close();
    try (var files = Files.walk(ended.directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("The toolbox is not started");
    }
    return running;
  }

  /** The work dir of the sandbox. */
  public Path work() {
    return running().directory.resolve("work");
  }

  /** Where large output waits for its client. */
  public Path spool() {
    return running().directory.resolve("spool");
  }

  /** Where the sandbox's agent listens. */
  public Path agentSocket() {
    return running().agent.socket();
  }

  /** Sockets at which the agent listens or has a connection. */
  public long agentConnections() throws IOException {
    return lines("unix").filter(line -> line.endsWith(agentSocket().toString())).count();
  }

  /** Whether the web server still holds a connection that came from a port of this machine. */
  public boolean holdsConnectionFrom(int clientPort) throws IOException {
    String ends = "[0-9A-F]+:%04X [0-9A-F]+:%04X .*".formatted(port(), clientPort);
    return Stream.concat(lines("tcp"), lines("tcp6"))
        .anyMatch(line -> line.strip().replaceFirst("^\\d+: ", "").matches(ends));
  }

  private static Stream<String> lines(String sockets) throws IOException {
    return Files.readAllLines(Path.of("/proc/net", sockets)).stream();
  }

  /** How often the sandbox was said to be in use. */
  public int touches() {
    return running().sandboxes.touches();
  }

  /** The port of the web server. */
  public int port() {
    return running().server.port();
  }

  /** The path of the running sandbox's toolbox. */
  public static String prefix() {
    return "/toolbox/" + TestSandboxes.RUNNING;
  }

  /** The path of the stopped sandbox's toolbox. */
  public static String stoppedPrefix() {
    return "/toolbox/" + TestSandboxes.STOPPED;
  }

  /** The path under which old clients find the running sandbox's toolbox. */
  public static String legacyPrefix() {
    return "/api/toolbox/" + TestSandboxes.RUNNING + "/toolbox";
  }

  /** A text for a query. */
  public static String encode(Object text) {
    return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** GET of a path of the toolbox. */
  public HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** DELETE of a path of the toolbox. */
  public HttpResponse<String> delete(String path) throws Exception {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /** POST of JSON to a path of the toolbox. */
  public HttpResponse<String> post(String path, String json, String... headers) throws Exception {
    return send("POST", path, BodyPublishers.ofString(json), headers);
  }

  /** Any request to a path of the toolbox. */
  public HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) throws Exception {
    return http.send(request(method, prefix() + path, body, headers), BodyHandlers.ofString());
  }

  /** Any request with any body as bytes. */
  public HttpResponse<byte[]> sendForBytes(
      String method, String path, BodyPublisher body, String... headers) throws Exception {
    return http.send(request(method, prefix() + path, body, headers), BodyHandlers.ofByteArray());
  }

  /** A request to a whole path, sent with the key unless a header of the request says otherwise. */
  public HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, body)
            .header("Authorization", KEY);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  /** The client that the tests use. */
  public HttpClient http() {
    return http;
  }

  /** Opens a WebSocket. */
  public WebSocket webSocket(String path, WebSocket.Listener listener, String... headers) {
    return socketBuilder(headers).buildAsync(socketUri(path), listener).join();
  }

  /** Opens a WebSocket that offers sub-protocols. */
  public WebSocket webSocketWithProtocol(
      String path, Frames frames, String first, String... others) {
    return socketBuilder().subprotocols(first, others).buildAsync(socketUri(path), frames).join();
  }

  private WebSocket.Builder socketBuilder(String... headers) {
    WebSocket.Builder builder = http.newWebSocketBuilder().header("Authorization", KEY);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder;
  }

  private URI socketUri(String path) {
    return URI.create("ws://127.0.0.1:" + port() + prefix() + path);
  }
}
