package dev.paddock.toolbox.testing;

import dev.paddock.engine.agent.FakeAgent;
import dev.paddock.toolbox.Toolbox;
import dev.paddock.web.WebLimits;
import dev.paddock.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

/** A toolbox whose sandbox has an agent that answers the way a test says. */
public final class HostileToolbox implements AutoCloseable {
  private final FakeAgent agent;
  private final Path spool;
  private final Toolbox toolbox;
  private final WebServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Serves until it is closed. */
  public HostileToolbox(FakeAgent.Behaviour behaviour) throws IOException {
    this.agent = new FakeAgent(behaviour);
    this.spool = Files.createTempDirectory("hostile-toolbox");
    this.toolbox = new Toolbox(new TestSandboxes(agent.client()), "1.2.3", spool);
    this.server =
        WebServer.start(
            "127.0.0.1",
            0,
            WebLimits.defaults(),
            toolbox.groups(TestToolbox::authenticate, TestToolbox::authenticate));
  }

  /** The client that the tests use. */
  public HttpClient http() {
    return http;
  }

  /** GET of a path of the toolbox. */
  public HttpRequest get(String path) {
    return request(path).build();
  }

  /** POST of JSON to a path of the toolbox. */
  public HttpRequest post(String path, String json) {
    return request(path).POST(BodyPublishers.ofString(json)).build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + TestToolbox.prefix() + path))
        .header("Authorization", TestToolbox.KEY);
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    server.close();
    toolbox.close();
    agent.close();
    Files.delete(spool);
  }
}
