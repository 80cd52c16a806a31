package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.chosen;
import static dev.paddock.toolbox.git.GitRoutes.onRepository;
import static dev.paddock.toolbox.git.GitRoutes.operation;
import static dev.paddock.toolbox.git.GitRoutes.path;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What passes between a repository and others. */
final class RemoteRoutes {
  static final String ORIGIN = "origin";

  private static final String HEADS = "refs/heads/";
  private static final String REMOTES = "/git/remotes";
  private static final Pattern REMOTE_URL =
      Pattern.compile("remote\\.([^\\n]*)\\.url\\n(.*)", Pattern.DOTALL);

  private RemoteRoutes() {}

  static void addTo(RouteTable table) {
    table.post(
        "/git/push",
        operation("PushChanges", "Brings a branch to a remote")
            .reads(GitPushRequest.class)
            .answersNothing(200),
        RemoteRoutes::push);
    table.post(
        "/git/pull",
        operation("PullChanges", "Brings what is new on a remote into the current branch")
            .reads(GitPullRequest.class)
            .answersNothing(200),
        RemoteRoutes::pull);
    table.get(
        REMOTES,
        onRepository("ListRemotes", "Lists the remotes").answers(200, ListRemotesResponse.class),
        RemoteRoutes::list);
    table.post(
        REMOTES,
        operation("AddRemote", "Gives a remote a name")
            .reads(GitAddRemoteRequest.class)
            .answersNothing(201),
        RemoteRoutes::add);
  }

  private static Answer push(AgentClient agent, Exchange exchange) {
    GitPushRequest request = exchange.json(GitPushRequest.class);
    Optional<GitCredentials> credentials =
        GitCredentials.of(request.username(), request.password());
    String remote = GitNames.require("remote", chosen(request.remote(), ORIGIN));
    String chosen = chosen(request.branch(), "");
    Git git = Git.in(agent, exchange, request.path());
    String branch =
        chosen.isEmpty() ? currentBranch(git) : HEADS + GitNames.require("branch", chosen);
    List<String> arguments = new ArrayList<>(List.of("push", "--quiet"));
    if (Boolean.TRUE.equals(request.setUpstream())) {
      arguments.add("--set-upstream");
    }
    arguments.addAll(List.of("--", remote, branch + ":" + branch));
    GitOutput url = git.run("remote", "get-url", "--push", "--", remote);
    git.run(GitCall.of(arguments).remote(scoped(credentials, url)));
    return Answer.empty(200);
  }

  private static Answer pull(AgentClient agent, Exchange exchange) {
    GitPullRequest request = exchange.json(GitPullRequest.class);
    Optional<GitCredentials> credentials =
        GitCredentials.of(request.username(), request.password());
    String remote = GitNames.require("remote", chosen(request.remote(), ORIGIN));
    String chosen = chosen(request.branch(), "");
    Git git = Git.in(agent, exchange, request.path());
    String branch =
        chosen.isEmpty()
            ? counterpart(git, currentBranch(git), remote)
            : HEADS + GitNames.require("branch", chosen);
    GitOutput url = git.run("remote", "get-url", "--", remote);
    git.run(
        GitCall.of("pull", "--quiet", "--no-edit", "--", remote, branch)
            .remote(scoped(credentials, url)));
    return Answer.empty(200);
  }

  private static Optional<GitCredentials.Scoped> scoped(
      Optional<GitCredentials> credentials, GitOutput url) {
    return credentials.flatMap(one -> one.at(RemoteUrl.parse(url.line())));
  }

  /** The whole name of the current branch, which may have no commit yet. */
  private static String currentBranch(Git git) {
    GitOutput head = git.attempt("symbolic-ref", "--quiet", "HEAD");
    if (head.succeeded()) {
      return head.line();
    }
    // It fails outside repositories as well, and then with a reason.
    git.run("rev-parse", "--git-dir");
    throw new ConflictException("no branch is checked out; check one out, or name one");
  }

  /** The remote's branch that a branch follows, or else the one of the same name. */
  private static String counterpart(Git git, String branch, String remote) {
    GitOutput upstream =
        git.run("for-each-ref", "--format=%(upstream:remotename)%00%(upstream:remoteref)", branch);
    String[] parts = upstream.line().split("\0", 3);
    boolean follows = parts.length == 2 && parts[0].equals(remote) && !parts[1].isEmpty();
    return follows ? parts[1] : branch;
  }

  private static Answer list(AgentClient agent, Exchange exchange) {
    Git git = Git.in(agent, exchange, path(exchange));
    git.run("rev-parse", "--git-dir");
    GitOutput urls = git.attempt("config", "-z", "--get-regexp", "^remote\\..*\\.url$");
    Map<String, String> first = new LinkedHashMap<>();
    for (String entry : urls.fields()) {
      Matcher remote = REMOTE_URL.matcher(entry);
      if (!remote.matches()) {
        throw GitOutput.unreadable("remote");
      }
      first.putIfAbsent(remote.group(1), remote.group(2));
    }
    return Answer.ok(
        new ListRemotesResponse(
            first.entrySet().stream().map(e -> new GitRemote(e.getKey(), e.getValue())).toList()));
  }

  private static Answer add(AgentClient agent, Exchange exchange) {
    GitAddRemoteRequest request = exchange.json(GitAddRemoteRequest.class);
    String name = GitNames.require("name", request.name());
    // The address is kept as it is given, for it is all that is asked for.
    RemoteUrl.parse(request.url());
    Git git = Git.in(agent, exchange, request.path());
    boolean known =
        Boolean.TRUE.equals(request.overwrite())
            && git.attempt("remote", "get-url", "--", name).succeeded();
    git.run("remote", known ? "set-url" : "add", "--", name, request.url());
    if (Boolean.TRUE.equals(request.fetch())) {
      git.run(GitCall.of("fetch", "--quiet", "--", name).remote());
    }
    return Answer.empty(201);
  }
}
