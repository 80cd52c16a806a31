package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A repository in the work dir of a test's sandbox, and what a client does with it. */
final class Repository {
  private final TestToolbox toolbox;
  private final String name;

  private Repository(TestToolbox toolbox, String name) {
    this.toolbox = toolbox;
    this.name = name;
  }

  static Repository at(TestToolbox toolbox, String name) {
    return new Repository(toolbox, name);
  }

  /** A new one, with branch main and no commit. */
  static Repository init(TestToolbox toolbox, String name) throws Exception {
    Repository repository = new Repository(toolbox, name);
    HttpResponse<String> answer =
        toolbox.post("/git/init", "{\"path\":\"%s\",\"initial_branch\":\"main\"}".formatted(name));
    assertThat(answer.statusCode()).isEqualTo(201);
    return repository;
  }

  Path directory() {
    return toolbox.work().resolve(name);
  }

  Repository write(String file, String content) throws IOException {
    Path path = directory().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    return this;
  }

  /** Sends a request whose JSON begins with the path of the repository. */
  HttpResponse<String> post(String operation, String fields) throws Exception {
    return toolbox.post("/git/" + operation, body(fields));
  }

  /** The same for one that has to succeed. */
  void must(String operation, String fields) throws Exception {
    HttpResponse<String> answer = post(operation, fields);
    assertThat(answer.statusCode()).describedAs(answer.body()).isBetween(200, 204);
  }

  HttpResponse<String> deleteBranch(String branch) throws Exception {
    return toolbox.send(
        "DELETE", "/git/branches", BodyPublishers.ofString(body("\"name\":" + quote(branch))));
  }

  private String body(String fields) {
    return "{\"path\":" + quote(name) + (fields.isEmpty() ? "" : "," + fields) + "}";
  }

  JsonNode get(String operation) throws Exception {
    HttpResponse<String> answer = toolbox.get("/git/" + operation + "?path=" + name);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return read(answer);
  }

  /** Stages everything and commits it; answers the commit's id. */
  String commitAll(String message) throws Exception {
    must("add", "\"files\":[\".\"]");
    HttpResponse<String> answer = commit(message);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return read(answer).path("hash").asString();
  }

  HttpResponse<String> commit(String message) throws Exception {
    return post(
        "commit",
        "\"message\":%s,\"author\":\"Ada L\",\"email\":\"ada@example.com\""
            .formatted(quote(message)));
  }

  /** Runs the machine's git, as somebody else would who works in the repository. */
  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory().toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).describedAs(output).isZero();
    return output;
  }
}
