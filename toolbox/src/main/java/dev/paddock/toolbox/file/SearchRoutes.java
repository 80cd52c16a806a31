package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FoundText;
import dev.paddock.engine.agent.SearchResults;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.toolbox.json.StreamedList;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.StreamBody;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finding files by name and content, and replacing in them. */
final class SearchRoutes {
  private static final String PATTERN = "pattern";

  /** How long a request to replace may take, all of its files together. */
  private static final Duration REPLACING = Duration.ofMinutes(10);

  private SearchRoutes() {}

  static void addTo(RouteTable table) {
    table.get(
        "/files/find",
        operation("FindInFiles", "Finds lines that hold a text")
            .requiredQuery("path", String.class, "A file, or a directory with all below it")
            .requiredQuery(PATTERN, String.class, "The text, taken as it is")
            .answersList(200, Match.class),
        SearchRoutes::findText);
    table.get(
        "/files/search",
        operation("SearchFiles", "Finds files and directories by name")
            .requiredQuery("path", String.class, "A directory")
            .requiredQuery(PATTERN, String.class, "Of the name, with *, ? and [a-z]")
            .answers(200, SearchFilesResponse.class),
        SearchRoutes::findNames);
    table.post(
        "/files/replace",
        operation("ReplaceInFiles", "Replaces a text in files")
            .reads(ReplaceRequest.class)
            .answersList(200, ReplaceResult.class),
        SearchRoutes::replace);
  }

  private static Operation operation(String id, String summary) {
    return Operation.of(id, "file-system", summary);
  }

  private static Answer findText(AgentClient agent, Exchange exchange) {
    SearchResults<FoundText> found = agent.findText(path(exchange), pattern(exchange));
    StreamedList matches = new StreamedList(found.stream().map(Match::of).iterator());
    return streamed(found, exchange, matches::writeTo);
  }

  private static Answer findNames(AgentClient agent, Exchange exchange) {
    SearchResults<String> found = agent.findNames(path(exchange), pattern(exchange));
    StreamedList names = new StreamedList(found);
    return streamed(found, exchange, out -> names.writeInObject("files", out));
  }

  private static Answer streamed(SearchResults<?> found, Exchange exchange, StreamBody body) {
    return Answer.stream(
        200,
        "application/json",
        OptionalLong.empty(),
        out -> {
          exchange.onClientGone(found::close);
          try (found) {
            body.writeTo(out);
          }
        });
  }

  private static String path(Exchange exchange) {
    return SandboxPath.require(exchange.query("path").orElse(""));
  }

  private static String pattern(Exchange exchange) {
    String pattern = exchange.query(PATTERN).orElse("");
    if (pattern.isEmpty()) {
      throw new InvalidException("pattern is required");
    }
    return pattern;
  }

  private static Answer replace(AgentClient agent, Exchange exchange) throws IOException {
    ReplaceRequest request = exchange.json(ReplaceRequest.class);
    if (request.files().isEmpty()) {
      throw new InvalidException("files must name at least one file");
    }
    if (request.pattern().isEmpty()) {
      throw new InvalidException("pattern is required");
    }
    TimeAllowed time = new TimeAllowed(REPLACING);
    exchange.onClientGone(time::clientLeft);
    Replacement replacement = new Replacement(request.pattern(), request.newValue(), time);
    List<ReplaceResult> results = new ArrayList<>();
    for (String file : request.files()) {
      results.add(replacement.in(agent, file));
    }
    return Answer.ok(results);
  }
}
