package dev.paddock.toolbox.lsp;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static dev.paddock.toolbox.testing.TestToolbox.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a server that only repeats what it is told; the real ones are for the official clients. */
class LspTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  /** Defines one function per line of a document, and knows nothing of projects. */
  private static final String SERVER =
      """
      #!/usr/bin/python3
      import json, sys
      documents = {}
      def send(message):
          body = json.dumps({"jsonrpc": "2.0", **message}).encode()
          sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
          sys.stdout.buffer.flush()
      def symbols(uri):
          lines = documents[uri].splitlines()
          place = lambda n: {"start": {"line": n, "character": 0}, "end": {"line": n, "character": 1}}
          return [{"name": l, "kind": 12, "location": {"uri": uri, "range": place(n)}}
                  for n, l in enumerate(lines)]
      while True:
          length = 0
          while (line := sys.stdin.buffer.readline().strip()):
              if line.lower().startswith(b"content-length:"):
                  length = int(line[15:])
          if length == 0:
              sys.exit()
          message = json.loads(sys.stdin.buffer.read(length))
          method, params = message.get("method"), message.get("params", {})
          document = params.get("textDocument", {})
          if method == "initialize":
              send({"id": "q", "method": "workspace/configuration", "params": {"items": [{}]}})
              send({"method": "window/logMessage", "params": {}})
              send({"id": message["id"], "result": {}})
          elif method == "textDocument/didOpen":
              documents[document["uri"]] = document["text"]
          elif method == "textDocument/didChange":
              documents[document["uri"]] = params["contentChanges"][0]["text"]
          elif method == "textDocument/didClose":
              del documents[document["uri"]]
          elif method == "textDocument/documentSymbol":
              send({"id": message["id"], "result": symbols(document["uri"])})
          elif method == "textDocument/completion":
              if params["position"]["line"] == 13:
                  sys.stderr.write("bad luck")
                  sys.exit(3)
              if params["position"]["line"] in (14, 15):
                  many = "[" + "{}," * 100000 + "{}]"
                  body = '{"id": %s, "result": %s}' % (
                      message["id"], many if params["position"]["line"] == 14 else " " * (2 << 20))
                  sys.stdout.write("Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
                  sys.stdout.flush()
                  continue
              item = {"label": "open: %d" % len(documents), "kind": 3, "insertText": "x",
                      "documentation": {"kind": "markdown", "value": "*"}, "textEdit": None}
              send({"id": message["id"], "result": [item]})
          elif method == "exit":
              sys.exit()
          elif "id" in message and method:
              send({"id": message["id"], "error": {"code": -32601, "message": "unknown"}})
      """;

  @BeforeAll
  static void install() throws IOException {
    Path bin = Files.createDirectories(TOOLBOX.work().resolve("bin"));
    Path server = Files.writeString(bin.resolve("pylsp"), SERVER);
    assertThat(server.toFile().setExecutable(true)).isTrue();
  }

  private static void project(String name) throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve(name));
    assertThat(post("start", name, "").statusCode()).isEqualTo(200);
  }

  private static String uri(String path) {
    return "\"uri\":" + quote("file://" + path);
  }

  @Test
  void aDocumentIsReadFromDiskEachTimeThatItChanged() throws Exception {
    project("changing");
    Path file = TOOLBOX.work().resolve("changing/a b.py");
    Files.writeString(file, "one\ntwo");
    assertThat(post("did-open", "changing", uri(file.toString())).statusCode()).isEqualTo(200);

    assertThat(symbols("changing", file.toString()).body())
        .isEqualTo(
            """
            [{"name":"one","kind":12,"location":{"uri":"%1$s","range":\
            {"start":{"line":0,"character":0},"end":{"line":0,"character":1}}}},\
            {"name":"two","kind":12,"location":{"uri":"%1$s","range":\
            {"start":{"line":1,"character":0},"end":{"line":1,"character":1}}}}]\
            """
                .formatted(FileUri.of(file.toString())));
    Files.writeString(file, "three");

    assertThat(read(symbols("changing", "changing/a%20b.py")).findValuesAsString("name"))
        .containsExactly("three");
    assertThat(post("did-close", "changing", uri(file.toString())).statusCode()).isEqualTo(200);
    assertThat(post("did-close", "changing", uri(file.toString())).statusCode()).isEqualTo(200);
  }

  @Test
  void completionsAreAListWhateverTheServerAnswers() throws Exception {
    project("completing");
    Files.writeString(TOOLBOX.work().resolve("completing/a.py"), "x");

    HttpResponse<String> answer =
        post(
            "completions",
            "completing",
            uri("completing/a.py") + ",\"position\":{\"line\":0,\"character\":1}");

    assertThat(answer.body())
        .isEqualTo(
            """
            {"isIncomplete":false,"items":[{"label":"open: 1","kind":3,\
            "documentation":{"kind":"markdown","value":"*"},"insertText":"x"}]}\
            """);
  }

  @Test
  void aServerThatKnowsNoProjectsIsAskedAboutItsFiles() throws Exception {
    project("searching");
    Path root = TOOLBOX.work().resolve("searching");
    Files.createDirectories(root.resolve("deep"));
    Files.createDirectories(root.resolve("node_modules"));
    Files.writeString(root.resolve("deep/a.py"), "needle_one\nother");
    Files.writeString(root.resolve("node_modules/b.py"), "needle_two");
    Files.writeString(root.resolve("c.txt"), "needle_three");

    HttpResponse<String> answer = query("workspacesymbols", "searching", "&query=needle");

    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    assertThat(read(answer).findValuesAsString("name")).containsExactly("needle_one");
    assertThat(read(query("workspace-symbols", "searching", "&query=none"))).isEmpty();
  }

  @Test
  void aServerThatDiesIsGoneAndStartsAgain() throws Exception {
    project("dying");
    Files.writeString(TOOLBOX.work().resolve("dying/a.py"), "x");
    String fatal = uri("dying/a.py") + ",\"position\":{\"line\":13,\"character\":0}";

    HttpResponse<String> death = post("completions", "dying", fatal);

    assertThat(death.statusCode()).isEqualTo(503);
    assertThat(read(death).path("message").asString())
        .isEqualTo("the language server is gone: it ended with status 3; bad luck");
    assertThat(post("start", "dying", "").statusCode()).isEqualTo(200);
    assertThat(symbols("dying", "dying/a.py").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15})
  void aServerThatSaysTooMuchAtOnceIsGone(int line) throws Exception {
    project("talking");
    Files.writeString(TOOLBOX.work().resolve("talking/a.py"), "x");
    String place = ",\"position\":{\"line\":%d,\"character\":0}".formatted(line);

    HttpResponse<String> answer = post("completions", "talking", uri("talking/a.py") + place);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(read(answer).path("message").asString())
        .isEqualTo("the language server is gone: it said more at once than is read");
  }

  @Test
  void aStoppedServerIsGone() throws Exception {
    project("stopping");
    project("stopping");

    assertThat(post("stop", "stopping", "").statusCode()).isEqualTo(200);
    assertThat(post("stop", "stopping", "").statusCode()).isEqualTo(200);

    HttpResponse<String> answer = symbols("stopping", "stopping/a.py");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("message").asString()).contains("start it first");
  }

  @Test
  void aServerThatNobodyAsksAnythingIsEnded() throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve("idle"));
    AgentClient agent = new AgentClient(new AgentConnections(TOOLBOX.agentSocket()));
    LanguageServers.Key key =
        new LanguageServers.Key(
            "sandbox", Language.PYTHON, TOOLBOX.work().resolve("idle").toString());
    try (LanguageServers patient = new LanguageServers(Duration.ofHours(1));
        LanguageServers impatient = new LanguageServers(Duration.ZERO)) {
      patient.start(key, agent);
      impatient.start(key, agent);

      patient.endIdle();
      impatient.endIdle();

      await(() -> running("idle") == 1);
      assertThatThrownBy(() -> impatient.require(key)).isInstanceOf(InvalidException.class);
      assertThat(patient.require(key).idle()).isPositive();
    }
    await(() -> running("idle") == 0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** How many programs work in a project. */
  private static long running(String project) {
    Path directory = TOOLBOX.work().resolve(project);
    return ProcessHandle.allProcesses()
        .map(process -> Path.of("/proc", String.valueOf(process.pid()), "cwd"))
        .filter(cwd -> {
          try {
            return Files.readSymbolicLink(cwd).equals(directory);
          } catch (IOException ended) {
            return false;
          }
        })
        .count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "start|{\"languageId\":\"cobol\",\"pathToProject\":\".\"}|400",
        "start|{\"languageId\":\"python\"}|400",
        "start|{\"languageId\":\"python\",\"pathToProject\":\"nowhere\"}|404",
        "start|{\"languageId\":\"python\",\"pathToProject\":\"bin/pylsp\"}|400",
        "did-open|{\"languageId\":\"python\",\"pathToProject\":\".\",\"uri\":\"file:///a\"}|400",
      })
  void badRequestsHaveTheirStatus(String operation, String body, int status) throws Exception {
    HttpResponse<String> answer = TOOLBOX.post("/lsp/" + operation, body);

    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
    assertThat(read(answer).path("message").asString()).isNotBlank();
  }

  @Test
  void aMissingDocumentIs404() throws Exception {
    project("missing");

    assertThat(post("did-open", "missing", uri("missing/none.py")).statusCode()).isEqualTo(404);
    assertThat(symbols("missing", "missing/none.py").statusCode()).isEqualTo(404);
    assertThat(post("did-open", "missing", "\"uri\":\"none.py\"").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> post(String operation, String project, String fields)
      throws Exception {
    return TOOLBOX.post(
        "/lsp/" + operation,
        "{\"languageId\":\"python\",\"pathToProject\":\"%s\"%s}"
            .formatted(project, fields.isEmpty() ? "" : "," + fields));
  }

  private static HttpResponse<String> symbols(String project, String path) throws Exception {
    return query("document-symbols", project, "&uri=" + encode("file://" + path));
  }

  private static HttpResponse<String> query(String operation, String project, String more)
      throws Exception {
    return TOOLBOX.get(
        "/lsp/%s?languageId=python&pathToProject=%s%s".formatted(operation, project, more));
  }
}
