package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.FindNames;
import dev.paddock.engine.agent.wire.FindText;
import dev.paddock.engine.agent.wire.Found;
import dev.paddock.engine.agent.wire.FoundList;
import dev.paddock.engine.agent.wire.Request;
import dev.paddock.engine.agent.wire.Response.ResultCase;
import dev.paddock.model.failure.InvalidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The searches of the protocol. */
final class AgentSearch {
  private static final int MAX_RESULTS = 200_000;

  /** Bytes of all results as the agent sends them. */
  private static final long MAX_BYTES = 8L << 20;

  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** The agent says something every second while it searches. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** How long a whole search may take. */
  private static final Duration SEARCH = Duration.ofMinutes(10);

  private final AgentConnections connections;

  AgentSearch(AgentConnections connections) {
    this.connections = connections;
  }

  List<FoundText> text(String path, String text) {
    FindText.Builder find = FindText.newBuilder().setPath(path).setText(text);
    return search(
        Requests.of().setFindText(find),
        found ->
            new FoundText(found.getPath(), Replies.count(found.getLine()), found.getContent()));
  }

  List<String> names(String path, String pattern) {
    FindNames.Builder find = FindNames.newBuilder().setPath(path).setPattern(pattern);
    return search(Requests.of().setFindNames(find), Found::getPath);
  }

  private <T> List<T> search(Request.Builder request, Function<Found, T> reading) {
    try (AgentConnection connection = connections.open(request)) {
      Replies.require(connection.response(ANSWER), ResultCase.FILE);
      connection.endWithin(SEARCH);
      List<T> results = new ArrayList<>();
      long bytes = 0;
      for (Frame frame = connection.requireFrame(SILENCE);
          frame.kind() != FrameKind.END;
          frame = connection.requireFrame(SILENCE)) {
        bytes += frame.length();
        parse(frame).getFoundList().stream().map(reading).forEach(results::add);
        if (results.size() > MAX_RESULTS || bytes > MAX_BYTES) {
          throw new InvalidException(
              "More was found than can be answered at once; search in a smaller directory or for"
                  + " something rarer");
        }
      }
      return results;
    }
  }

  private static FoundList parse(Frame frame) {
    try {
      if (frame.kind() != FrameKind.DATA) {
        throw new ProtocolViolation("a frame out of place");
      }
      return frame.message(FoundList.getDescriptor(), FoundList.parser());
    } catch (ProtocolViolation e) {
      throw AgentErrors.violation(e);
    }
  }
}
