package dev.paddock.toolbox.lsp;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.time.Duration;

/** The routes under {@code /lsp}. */
public final class LspRoutes implements AutoCloseable {
  /** How long the agent may take to tell of itself. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final LanguageServers servers = new LanguageServers(PATIENCE);

  /** Adds them. */
  public void addTo(RouteTable table) {
    addServers(table);
    addDocuments(table);
    addSymbols(table, "/lsp/workspacesymbols", "WorkspaceSymbols");
    // Clients up to 0.103 ask here.
    addSymbols(table, "/lsp/workspace-symbols", "LspWorkspaceSymbols");
  }

  private void addServers(RouteTable table) {
    table.post(
        "/lsp/start",
        operation("Start", "Starts a language server, unless it runs")
            .reads(LspServerRequest.class)
            .answersNothing(200),
        (agent, exchange) -> {
          LspServerRequest request = exchange.json(LspServerRequest.class);
          servers.start(key(agent, exchange, request.languageId(), request.pathToProject()), agent);
          return Answer.empty(200);
        });
    table.post(
        "/lsp/stop",
        operation("Stop", "Stops a language server")
            .reads(LspServerRequest.class)
            .answersNothing(200),
        (agent, exchange) -> {
          LspServerRequest request = exchange.json(LspServerRequest.class);
          servers.stop(key(agent, exchange, request.languageId(), request.pathToProject()));
          return Answer.empty(200);
        });
  }

  private void addDocuments(RouteTable table) {
    table.post(
        "/lsp/did-open",
        operation("DidOpen", "Makes a language server know a document")
            .reads(LspDocumentRequest.class)
            .answersNothing(200),
        (agent, exchange) -> {
          LspDocumentRequest request = exchange.json(LspDocumentRequest.class);
          server(agent, exchange, request.languageId(), request.pathToProject())
              .open(path(agent, request.uri()));
          return Answer.empty(200);
        });
    table.post(
        "/lsp/did-close",
        operation("DidClose", "Makes a language server forget a document")
            .reads(LspDocumentRequest.class)
            .answersNothing(200),
        (agent, exchange) -> {
          LspDocumentRequest request = exchange.json(LspDocumentRequest.class);
          server(agent, exchange, request.languageId(), request.pathToProject())
              .closeDocument(path(agent, request.uri()));
          return Answer.empty(200);
        });
    table.post(
        "/lsp/completions",
        operation("Completions", "What could stand at a place")
            .reads(LspCompletionParams.class)
            .answers(200, CompletionList.class),
        this::completions);
    table.get(
        "/lsp/document-symbols",
        onProject("DocumentSymbols", "What a document defines")
            .requiredQuery("uri", String.class, "The document")
            .answersList(200, LspSymbol.class),
        (agent, exchange) ->
            Answer.ok(
                queried(agent, exchange).documentSymbols(path(agent, query(exchange, "uri")))));
  }

  private void addSymbols(RouteTable table, String path, String id) {
    table.get(
        path,
        onProject(id, "What a project defines")
            .requiredQuery("query", String.class, "A part of the name")
            .answersList(200, LspSymbol.class),
        (agent, exchange) ->
            Answer.ok(queried(agent, exchange).projectSymbols(exchange.query("query").orElse(""))));
  }

  private Answer completions(AgentClient agent, Exchange exchange) {
    LspCompletionParams request = exchange.json(LspCompletionParams.class);
    if (request.position().line() < 0 || request.position().character() < 0) {
      throw new InvalidException("position counts lines and characters from 0");
    }
    return Answer.ok(
        server(agent, exchange, request.languageId(), request.pathToProject())
            .completions(path(agent, request.uri()), request.position(), request.context()));
  }

  private LanguageServer queried(AgentClient agent, Exchange exchange) {
    return server(agent, exchange, query(exchange, "languageId"), query(exchange, "pathToProject"));
  }

  private LanguageServer server(
      AgentClient agent, Exchange exchange, String language, String project) {
    return servers.require(key(agent, exchange, language, project));
  }

  private static LanguageServers.Key key(
      AgentClient agent, Exchange exchange, String language, String project) {
    return new LanguageServers.Key(
        exchange.pathParam("sandboxId"),
        Language.require(language),
        FileUri.absolute(project, agent.hello(ANSWER).workDir()));
  }

  private static String path(AgentClient agent, String uri) {
    return FileUri.path(uri, agent.hello(ANSWER).workDir());
  }

  private static String query(Exchange exchange, String name) {
    return exchange
        .query(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new InvalidException(name + " is required"));
  }

  private static Operation operation(String id, String summary) {
    return Operation.of(id, "lsp", summary);
  }

  private static Operation onProject(String id, String summary) {
    return operation(id, summary)
        .requiredQuery("languageId", String.class, "python, typescript or javascript")
        .requiredQuery("pathToProject", String.class, "The project's directory");
  }

  /** Ends the language servers. */
  @Override
  public void close() {
    servers.close();
  }
}
