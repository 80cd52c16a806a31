package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.chosen;
import static dev.paddock.toolbox.git.GitRoutes.operation;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.util.ArrayList;
import java.util.List;

/** How repositories come into being. */
final class CloneRoutes {
  private CloneRoutes() {}

  static void addTo(RouteTable table) {
    table.post(
        "/git/clone",
        operation("CloneRepository", "Copies a repository")
            .reads(GitCloneRequest.class)
            .answersNothing(200),
        CloneRoutes::copy);
    table.post(
        "/git/init",
        operation("InitRepository", "Makes a repository")
            .reads(GitInitRequest.class)
            .answersNothing(201),
        CloneRoutes::init);
  }

  private static Answer copy(AgentClient agent, Exchange exchange) {
    new Clone(agent, exchange, exchange.json(GitCloneRequest.class)).run();
    return Answer.empty(200);
  }

  private static Answer init(AgentClient agent, Exchange exchange) {
    GitInitRequest request = exchange.json(GitInitRequest.class);
    String path = SandboxPath.require(request.path());
    List<String> arguments = new ArrayList<>(List.of("init", "--quiet"));
    if (Boolean.TRUE.equals(request.bare())) {
      arguments.add("--bare");
    }
    String branch = chosen(request.initialBranch(), "");
    if (branch.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidException("initial_branch must be the name of a branch");
    }
    if (!branch.isEmpty()) {
      arguments.add("--initial-branch=" + branch);
    }
    arguments.addAll(List.of("--", path));
    Git.of(agent, exchange).run(GitCall.of(arguments));
    return Answer.empty(201);
  }
}
