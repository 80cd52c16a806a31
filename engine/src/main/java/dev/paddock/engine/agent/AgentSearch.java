package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.FindNames;
import dev.paddock.engine.agent.wire.FindText;
import dev.paddock.engine.agent.wire.Found;
import dev.paddock.engine.agent.wire.Request;
import dev.paddock.engine.agent.wire.Response.ResultCase;
import java.time.Duration;
import java.util.function.Function;

/** The searches of the protocol. */
final class AgentSearch {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** How long a whole search may take. */
  private static final Duration SEARCH = Duration.ofMinutes(10);

  private final AgentConnections connections;

  AgentSearch(AgentConnections connections) {
    this.connections = connections;
  }

  SearchResults<FoundText> text(String path, String text) {
    FindText.Builder find = FindText.newBuilder().setPath(path).setText(text);
    return search(
        Requests.of().setFindText(find),
        found ->
            new FoundText(found.getPath(), Replies.count(found.getLine()), found.getContent()));
  }

  SearchResults<String> names(String path, String pattern) {
    FindNames.Builder find = FindNames.newBuilder().setPath(path).setPattern(pattern);
    return search(Requests.of().setFindNames(find), Found::getPath);
  }

  private <T> SearchResults<T> search(Request.Builder request, Function<Found, T> reading) {
    AgentConnection connection = connections.open(request);
    try {
      Replies.require(connection.response(ANSWER), ResultCase.FILE);
      connection.endWithin(SEARCH);
      return new SearchResults<>(connection, reading);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
