package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.chosen;
import static dev.paddock.toolbox.git.GitRoutes.onRepository;
import static dev.paddock.toolbox.git.GitRoutes.operation;
import static dev.paddock.toolbox.git.GitRoutes.path;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Status, staging and commits. */
final class WorkTreeRoutes {
  private static final Set<String> RESET_MODES = Set.of("soft", "mixed", "hard", "merge", "keep");
  private static final String MIXED = "mixed";

  private WorkTreeRoutes() {}

  static void addTo(RouteTable table) {
    table.get(
        "/git/status",
        onRepository("GetStatus", "Where a repository stands").answers(200, GitStatus.class),
        (agent, exchange) ->
            Answer.ok(
                new StatusQuery(Git.in(agent, exchange, path(exchange)))
                    .answer(exchange.client())));
    table.post(
        "/git/add",
        operation("AddFiles", "Stages changes").reads(GitAddRequest.class).answersNothing(200),
        WorkTreeRoutes::stage);
    table.post(
        "/git/commit",
        operation("CommitChanges", "Commits what is staged")
            .reads(GitCommitRequest.class)
            .answers(200, GitCommitResponse.class),
        WorkTreeRoutes::commit);
    table.post(
        "/git/reset",
        operation("ResetChanges", "Goes back to a commit")
            .reads(GitResetRequest.class)
            .answersNothing(200),
        WorkTreeRoutes::reset);
    table.post(
        "/git/restore",
        operation("RestoreFiles", "Brings files back")
            .reads(GitRestoreRequest.class)
            .answersNothing(200),
        WorkTreeRoutes::restore);
  }

  private static Answer stage(AgentClient agent, Exchange exchange) {
    GitAddRequest request = exchange.json(GitAddRequest.class);
    Git git = Git.in(agent, exchange, request.path());
    git.run(onFiles(request.files(), "add"));
    return Answer.empty(200);
  }

  private static Answer commit(AgentClient agent, Exchange exchange) {
    GitCommitRequest request = exchange.json(GitCommitRequest.class);
    String author = GitNames.require("author", request.author());
    String email = GitNames.require("email", request.email());
    boolean mayBeEmpty = Boolean.TRUE.equals(request.allowEmpty());
    if (request.message().isBlank()) {
      throw new InvalidException("message is required");
    }
    Git git = Git.in(agent, exchange, request.path());
    List<String> arguments = new ArrayList<>(List.of("commit", "--quiet", "--file=-"));
    if (mayBeEmpty) {
      arguments.add("--allow-empty");
    }
    git.run(
        GitCall.of(arguments)
            .withInput(request.message())
            .withEnvironment("GIT_AUTHOR_NAME", author)
            .withEnvironment("GIT_AUTHOR_EMAIL", email)
            .withEnvironment("GIT_COMMITTER_NAME", author)
            .withEnvironment("GIT_COMMITTER_EMAIL", email));
    return Answer.ok(new GitCommitResponse(git.run("rev-parse", "HEAD").line()));
  }

  private static Answer reset(AgentClient agent, Exchange exchange) {
    GitResetRequest request = exchange.json(GitResetRequest.class);
    String mode = chosen(request.mode(), MIXED);
    String target = GitNames.require("target", chosen(request.target(), "HEAD"));
    if (!RESET_MODES.contains(mode)) {
      throw new InvalidException("mode must be one of soft, mixed, hard, merge and keep");
    }
    List<String> files = Objects.requireNonNullElse(request.files(), List.of());
    Git git = Git.in(agent, exchange, request.path());
    if (files.isEmpty()) {
      git.run("reset", "--quiet", "--" + mode, target, "--");
    } else if (mode.equals(MIXED)) {
      git.run(onFiles(files, "reset", "--quiet", target));
    } else {
      throw new InvalidException("only a mixed reset can be limited to files; restore does more");
    }
    return Answer.empty(200);
  }

  private static Answer restore(AgentClient agent, Exchange exchange) {
    GitRestoreRequest request = exchange.json(GitRestoreRequest.class);
    boolean staged = Boolean.TRUE.equals(request.staged());
    List<String> arguments = new ArrayList<>(List.of("restore", "--quiet"));
    if (staged) {
      arguments.add("--staged");
    }
    if (wantsWorkTree(request.worktree(), staged)) {
      arguments.add("--worktree");
    }
    String source = chosen(request.source(), "");
    if (!source.isEmpty()) {
      arguments.add("--source=" + source);
    }
    Git git = Git.in(agent, exchange, request.path());
    git.run(onFiles(request.files(), arguments.toArray(String[]::new)));
    return Answer.empty(200);
  }

  private static boolean wantsWorkTree(@Nullable Boolean worktree, boolean staged) {
    return Boolean.TRUE.equals(worktree) || !staged;
  }

  /** A command on files, each of which is called what it is called. */
  private static GitCall onFiles(List<String> files, String... command) {
    if (files.isEmpty() || files.stream().anyMatch(String::isEmpty)) {
      throw new InvalidException("files must name at least one file, or . for all");
    }
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--pathspec-from-file=-", "--pathspec-file-nul"));
    return GitCall.of(arguments).with("--literal-pathspecs").onPaths(files);
  }
}
