package dev.paddock.toolbox.lsp;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.FoundText;
import dev.paddock.engine.agent.SearchResults;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A language server that runs in a sandbox. Thread-safe; asked about one thing at a time. It ends
 * when it is closed, and with this program.
 */
final class LanguageServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration READING = Duration.ofSeconds(30);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** Files that are looked at for a server that knows no symbols of whole projects. */
  private static final int MAX_FILES = 100;

  /** No file opens by a path that is longer. */
  private static final int MAX_PATH = 4096;

  private final AgentClient agent;
  private final Language language;
  private final String project;
  private final RpcConnection connection;
  private final Documents documents;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile long lastUse = System.nanoTime();

  private LanguageServer(
      AgentClient agent, Language language, String project, RpcConnection connection) {
    this.agent = agent;
    this.language = language;
    this.project = project;
    this.connection = connection;
    this.documents = new Documents(agent, language, connection);
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param project an absolute path
   * @param onEnd called on another thread when it has ended, for whatever reason
   */
  static LanguageServer start(
      AgentClient agent, Language language, String project, Runnable onEnd) {
    if (!agent.stat(project).isDirectory()) {
      throw new InvalidException("pathToProject must be a directory");
    }
    RpcConnection connection =
        new RpcConnection(run(agent, language, project), READING, onEnd).listen();
    try {
      connection.request("initialize", introduction(project), START);
      connection.inform("initialized", RpcConnection.object());
      return new LanguageServer(agent, language, project, connection);
    } catch (PaddockException failure) {
      connection.close();
      throw failure;
    }
  }

  private static Execution run(AgentClient agent, Language language, String project) {
    Command command = Command.argv(language.command().toArray(String[]::new)).withCwd(project);
    try {
      return agent.exec(command, new ExecOptions(Duration.ZERO, true, false));
    } catch (NotFoundException absent) {
      throw new InvalidException(
          "the sandbox has no "
              + language.command().getFirst()
              + ", the language server for "
              + language.id()
              + "; install it in the sandbox or its image",
          absent);
    }
  }

  /** Nothing is announced that would change the form of answers. */
  private static ObjectNode introduction(String project) {
    String uri = FileUri.of(project);
    ObjectNode parameters = RpcConnection.object().putNull("processId").put("rootUri", uri);
    parameters.put("rootPath", project);
    parameters.putArray("workspaceFolders").addObject().put("uri", uri).put("name", "project");
    ObjectNode capabilities = parameters.putObject("capabilities");
    capabilities.putObject("textDocument").putObject("synchronization");
    capabilities.putObject("workspace").put("configuration", true);
    return parameters;
  }

  /** How long nobody has asked it anything. */
  Duration idle() {
    return turn.isLocked() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastUse);
  }

  void open(String path) {
    inTurn(() -> {
      documents.refresh(documents.locate(path));
      return path;
    });
  }

  void closeDocument(String path) {
    inTurn(() -> {
      documents.close(path);
      FileUri.decoded(path).ifPresent(documents::close);
      return path;
    });
  }

  List<LspSymbol> documentSymbols(String path) {
    return inTurn(() -> symbolsOf(documents.locate(path)));
  }

  CompletionList completions(
      String path, LspPosition position, @Nullable CompletionContext context) {
    return inTurn(() -> {
      String located = documents.locate(path);
      documents.refresh(located);
      ObjectNode parameters = about(located);
      parameters
          .putObject("position")
          .put("line", position.line())
          .put("character", position.character());
      Optional.ofNullable(context)
          .ifPresent(why ->
              parameters
                  .putObject("context")
                  .put("triggerKind", why.triggerKind())
                  .put("triggerCharacter", why.triggerCharacter()));
      return Completions.of(connection.request("textDocument/completion", parameters, ANSWER));
    });
  }

  /** The symbols of the whole project whose names contain {@code query}. */
  List<LspSymbol> projectSymbols(String query) {
    return inTurn(() -> {
      if (language != Language.PYTHON && !hasDocument()) {
        return List.of();
      }
      try {
        return Symbols.of(
            connection.request(
                "workspace/symbol", RpcConnection.object().put("query", query), ANSWER),
            FileUri.of(project));
      } catch (RpcConnection.UnsupportedMethodException unsupported) {
        return symbolsInFiles(query);
      }
    });
  }

  /** TypeScript's server knows of a project only when a file of it is open. */
  private boolean hasDocument() {
    if (documents.none()) {
      files("", 1).forEach(documents::refresh);
    }
    return !documents.none();
  }

  private List<LspSymbol> symbolsInFiles(String query) {
    List<LspSymbol> symbols = new ArrayList<>();
    for (String path : files(query, MAX_FILES)) {
      boolean wasOpen = documents.isOpen(path);
      symbolsOf(path).stream()
          .filter(symbol ->
              symbol.name().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)))
          .forEach(symbols::add);
      if (!wasOpen) {
        documents.close(path);
      }
    }
    return symbols;
  }

  /** Files of the project in the server's language, those that hold a text when one is given. */
  private List<String> files(String text, int limit) {
    if (text.isEmpty()) {
      try (SearchResults<String> found = agent.findNames(project, "*.*")) {
        return sources(found.stream(), limit);
      }
    }
    try (SearchResults<FoundText> found = agent.findText(project, text)) {
      return sources(found.stream().map(FoundText::path), limit);
    }
  }

  /** The first few of them; the search is left when there are enough. */
  private List<String> sources(Stream<String> paths, int limit) {
    return paths
        .filter(path -> path.length() <= MAX_PATH)
        .filter(language::has)
        .filter(LanguageServer::isOwn)
        .distinct()
        .limit(limit)
        .toList();
  }

  /** What a package manager put there is not the project's. */
  private static boolean isOwn(String path) {
    return !path.contains("/node_modules/")
        && !path.contains("/site-packages/")
        && !path.contains("/.");
  }

  private List<LspSymbol> symbolsOf(String path) {
    documents.refresh(path);
    return Symbols.of(
        connection.request("textDocument/documentSymbol", about(path), ANSWER), FileUri.of(path));
  }

  private static ObjectNode about(String path) {
    ObjectNode parameters = RpcConnection.object();
    parameters.putObject("textDocument").put("uri", FileUri.of(path));
    return parameters;
  }

  private <T> T inTurn(Supplier<T> question) {
    turn.lock();
    try {
      return question.get();
    } catch (RpcConnection.UnsupportedMethodException unsupported) {
      throw new InvalidException(String.valueOf(unsupported.getMessage()), unsupported);
    } finally {
      lastUse = System.nanoTime();
      turn.unlock();
    }
  }

  /** Ends it at once. */
  void kill() {
    connection.close();
  }

  /** Ends it: in order when it listens, and anyway. */
  @Override
  public void close() {
    try (connection) {
      connection.request("shutdown", RpcConnection.object(), GOODBYE);
      connection.inform("exit", RpcConnection.object());
    } catch (PaddockException | RpcConnection.UnsupportedMethodException deaf) {
      // It is about to be killed.
      return;
    }
  }
}
