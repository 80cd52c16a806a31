package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.chosen;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.web.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One copy of a repository, which is there whole or not at all. */
final class Clone {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{4,64}");

  private final AgentClient agent;
  private final Git outside;
  private final Git inside;
  private final String path;
  private final RemoteUrl url;
  private final String branch;
  private final String commit;
  private final int depth;
  private final boolean anyCertificate;
  private final Optional<GitCredentials.Scoped> credentials;

  Clone(AgentClient agent, Exchange exchange, GitCloneRequest request) {
    this.agent = agent;
    this.outside = Git.of(agent, exchange);
    this.path = SandboxPath.require(request.path());
    this.inside = Git.in(agent, exchange, path);
    this.url = RemoteUrl.parse(request.url());
    this.branch = chosen(request.branch(), "");
    this.commit = requireCommit(chosen(request.commitId(), ""));
    this.depth = requireDepth(request.depth() == null ? 0 : request.depth());
    this.anyCertificate = Boolean.TRUE.equals(request.insecureSkipTls());
    this.credentials =
        GitCredentials.of(request.username(), request.password())
            .or(url::embedded)
            .flatMap(one -> one.at(url));
  }

  void run() {
    outside.run(remote(arguments()));
    if (commit.isEmpty()) {
      return;
    }
    try {
      checkOutCommit();
    } catch (PaddockException failure) {
      remove(failure);
      throw failure;
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("clone", "--quiet"));
    if (!branch.isEmpty()) {
      arguments.add("--branch=" + GitNames.require("branch", branch));
    }
    if (depth > 0) {
      arguments.add("--depth=" + depth);
    }
    if (!commit.isEmpty()) {
      arguments.add("--no-checkout");
    }
    arguments.addAll(List.of("--", url.text(), path));
    return arguments;
  }

  /** A commit that no branch or tag leads to has to be asked for by its id. */
  private void checkOutCommit() {
    if (!inside.attempt("cat-file", "-e", commit + "^{commit}").succeeded()) {
      inside.run(remote(List.of("fetch", "--quiet", RemoteRoutes.ORIGIN, commit)));
    }
    inside.run(remote(List.of("checkout", "--quiet", "--detach", commit)));
  }

  private GitCall remote(List<String> arguments) {
    GitCall call = GitCall.of(arguments).remote(credentials);
    return anyCertificate ? call.with("-c", "http.sslVerify=false") : call;
  }

  private void remove(PaddockException failure) {
    try {
      agent.remove(path, true);
    } catch (PaddockException leftover) {
      failure.addSuppressed(leftover);
    }
  }

  private static String requireCommit(String commit) {
    if (!commit.isEmpty() && !COMMIT.matcher(commit).matches()) {
      throw new InvalidException("commit_id must be the hexadecimal id of a commit");
    }
    return commit;
  }

  private static int requireDepth(int depth) {
    if (depth < 0) {
      throw new InvalidException("depth must be 1 or more commits");
    }
    return depth;
  }
}
