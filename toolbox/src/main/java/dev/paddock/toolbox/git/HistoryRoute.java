package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.onRepository;
import static dev.paddock.toolbox.git.GitRoutes.path;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The commits that led to the current one. */
final class HistoryRoute {
  private static final int FIELDS = 5;
  private static final String FORMAT = "--format=%H%x00%an%x00%ae%x00%B%x00%aI";

  private HistoryRoute() {}

  static void addTo(RouteTable table) {
    table.get(
        "/git/history",
        onRepository("GetCommitHistory", "The commits of a repository, newest first")
            .answersList(200, GitCommitInfo.class),
        HistoryRoute::list);
  }

  private static Answer list(AgentClient agent, Exchange exchange) {
    Git git = Git.in(agent, exchange, path(exchange));
    GitCall log =
        GitCall.of("log", "-z", "--encoding=UTF-8", "--no-color", FORMAT, "HEAD", "--")
            .with("-c", "log.showSignature=false");
    if (!git.attempt("rev-parse", "--verify", "--quiet", "HEAD").succeeded()) {
      // Either no commit yet, which is no failure, or no repository.
      git.run("rev-parse", "--git-dir");
      return Answer.ok(List.of());
    }
    return Answer.ok(commits(git.run(log).fields()));
  }

  private static List<GitCommitInfo> commits(List<String> fields) {
    List<GitCommitInfo> commits = new ArrayList<>(fields.size() / FIELDS);
    for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
      commits.add(
          new GitCommitInfo(
              fields.get(i),
              fields.get(i + 1),
              fields.get(i + 2),
              fields.get(i + 3).stripTrailing(),
              timestamp(fields.get(i + 4))));
    }
    return commits;
  }

  private static String timestamp(String iso) {
    try {
      return OffsetDateTime.parse(iso).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    } catch (DateTimeParseException malformed) {
      throw GitOutput.unreadable("time of a commit");
    }
  }
}
