package dev.paddock.server.command;

import dev.paddock.cli.output.Console;
import dev.paddock.cli.output.Progress;
import dev.paddock.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Starts the server as a process of its own, with its output in the data directory's log. */
final class DetachedServer {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int LINES_SHOWN = 20;

  private final ServerConfig config;
  private final Console console;

  DetachedServer(ServerConfig config, Console console) {
    this.config = config;
    this.console = console;
  }

  /** Returns when the server is ready, or has failed to become it. */
  int start() throws IOException, InterruptedException {
    Path log = config.dataDir().resolve("server.log");
    String script = config.installation().script().toString();
    // A session of its own: a Ctrl-C at this terminal must not reach the server.
    Process server =
        new ProcessBuilder(List.of("setsid", script, "up", "--data", config.dataDir().toString()))
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    try (Progress progress = console.progress("Starting the server");
        HttpClient http = HttpClient.newHttpClient()) {
      Instant deadline = Instant.now().plus(LIMIT);
      while (Instant.now().isBefore(deadline) && server.isAlive()) {
        if (ready(http)) {
          progress.done("Paddock is ready at " + config.apiUrl() + ", log in " + log);
          return 0;
        }
        Thread.sleep(PAUSE);
      }
    }
    console.note("The server did not become ready; the end of " + log + ":");
    List<String> lines = Files.readAllLines(log);
    lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).forEach(console::note);
    return 1;
  }

  private boolean ready(HttpClient http) throws InterruptedException {
    URI uri = URI.create("http://" + config.host() + ":" + config.apiPort() + "/api/health");
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
