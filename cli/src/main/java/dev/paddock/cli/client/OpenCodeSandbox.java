package dev.paddock.cli.client;

import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job: a sandbox in which {@code opencode serve} runs in a background session, reached
 * through its preview URL.
 */
public final class OpenCodeSandbox {
  /** Short: a request that reaches OpenCode in its first moment may never be answered. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MOST_BYTES = 64 << 10;

  private final ApiClient api;
  private final Console console;
  private final int port;

  public OpenCodeSandbox(ApiClient api, Console console, int port) {
    this.api = api;
    this.console = console;
    this.port = port;
  }

  /**
   * OpenCode that answers.
   *
   * @param url preview URL
   * @param previewToken opens the preview
   * @param password OpenCode's own
   */
  public record Running(
      String sandboxId, String url, String previewToken, String password, String version) {}

  /**
   * Brings OpenCode up and returns once it answers through the preview URL. One that runs already
   * with the same settings goes on.
   *
   * @param password null for a generated one, or the one that is in use
   */
  public Running run(
      String name, String snapshot, Map<String, String> env, @Nullable String password) {
    awaitSnapshot(snapshot);
    SandboxRef sandbox = sandbox(name, snapshot);
    String secret = new OpenCodeSession(sandbox.toolbox(), port).run(env, password);
    JsonNode preview = api.get("/sandbox/" + sandbox.id() + "/ports/" + port + "/preview-url");
    String url = preview.path("url").asString();
    String token = preview.path("token").asString();
    return new Running(sandbox.id(), url, token, secret, untilHealthy(sandbox, url, token, secret));
  }

  private void awaitSnapshot(String snapshot) {
    try (Progress progress = console.progress("Looking for snapshot " + snapshot)) {
      new SnapshotWaiter(api, progress).untilActive(snapshot);
      progress.done("Snapshot " + snapshot + " is there");
    }
  }

  private SandboxRef sandbox(String name, String snapshot) {
    try (Progress progress = console.progress("Creating sandbox " + name)) {
      SandboxRef sandbox = find(name);
      if (sandbox == null) {
        Map<String, Object> request =
            Map.of("name", name, "snapshot", snapshot, "autoStopInterval", 0);
        sandbox = SandboxRef.of(api, api.post("/sandbox", request));
      } else if (sandbox.state().equals("stopped")) {
        sandbox = SandboxRef.of(api, api.post("/sandbox/" + sandbox.id() + "/start"));
      }
      SandboxRef started = new SandboxWaiter(api, progress).untilStarted(sandbox);
      progress.done("Sandbox " + name + " is started");
      return started;
    }
  }

  private @Nullable SandboxRef find(String name) {
    try {
      return SandboxRef.find(api, name);
    } catch (CommandFailure e) {
      if (e.exitCode() == CommandFailure.NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  private String untilHealthy(SandboxRef sandbox, String url, String token, String password) {
    Instant deadline = Instant.now().plus(START_LIMIT);
    try (Progress progress = console.progress("Starting OpenCode");
        HttpClient http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
      HttpRequest request = healthRequest(url, token, password);
      String last = "no answer";
      while (Instant.now().isBefore(deadline)) {
        try {
          HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
          try (InputStream body = new PatientBody(answer.body(), ATTEMPT)) {
            if (answer.statusCode() == 200) {
              String health = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
              String version = new JsonMapper().readTree(health).path("version").asString("");
              progress.done("OpenCode answers");
              return version;
            }
          }
          last = "HTTP " + answer.statusCode();
        } catch (IOException | JacksonException e) {
          last = e.toString();
        }
        Thread.sleep(PAUSE);
      }
      throw new CommandFailure(
          CommandFailure.FAILED,
          "OpenCode does not answer at "
              + url
              + " ("
              + last
              + "). Its log: paddock logs "
              + sandbox.name()
              + " "
              + OpenCodeSession.ID);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.FAILED, "Interrupted", e);
    }
  }

  private static HttpRequest healthRequest(String url, String token, String password) {
    String credentials =
        Base64.getEncoder()
            .encodeToString(("opencode:" + password).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(url + "/global/health"))
        .timeout(ATTEMPT)
        .header("Authorization", "Basic " + credentials)
        .header("x-daytona-preview-token", token)
        .header("x-daytona-skip-preview-warning", "true")
        .build();
  }
}
