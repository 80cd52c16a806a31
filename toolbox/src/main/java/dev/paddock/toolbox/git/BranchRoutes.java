package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.git.GitRoutes.onRepository;
import static dev.paddock.toolbox.git.GitRoutes.operation;
import static dev.paddock.toolbox.git.GitRoutes.path;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;

/** Branches and what is checked out. */
final class BranchRoutes {
  private static final String BRANCHES = "/git/branches";

  private BranchRoutes() {}

  static void addTo(RouteTable table) {
    table.get(
        BRANCHES,
        onRepository("ListBranches", "Lists the local branches")
            .answers(200, ListBranchResponse.class),
        BranchRoutes::list);
    table.post(
        BRANCHES,
        operation("CreateBranch", "Makes a branch and checks it out")
            .reads(GitBranchRequest.class)
            .answersNothing(201),
        BranchRoutes::create);
    table.delete(
        BRANCHES,
        operation("DeleteBranch", "Deletes a branch, merged or not")
            .reads(GitBranchRequest.class)
            .answersNothing(204),
        BranchRoutes::delete);
    table.post(
        "/git/checkout",
        operation("CheckoutBranch", "Checks out a branch or commit")
            .reads(GitCheckoutRequest.class)
            .answersNothing(200),
        BranchRoutes::checkout);
  }

  private static Answer list(AgentClient agent, Exchange exchange) {
    Git git = Git.in(agent, exchange, path(exchange));
    GitOutput names = git.run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads");
    return Answer.ok(new ListBranchResponse(names.lines()));
  }

  private static Answer create(AgentClient agent, Exchange exchange) {
    GitBranchRequest request = exchange.json(GitBranchRequest.class);
    String name = GitNames.require("name", request.name());
    Git.in(agent, exchange, request.path()).run("checkout", "--quiet", "-b", name);
    return Answer.empty(201);
  }

  private static Answer delete(AgentClient agent, Exchange exchange) {
    GitBranchRequest request = exchange.json(GitBranchRequest.class);
    String name = GitNames.require("name", request.name());
    Git.in(agent, exchange, request.path()).run("branch", "--quiet", "-D", "--", name);
    return Answer.empty(204);
  }

  private static Answer checkout(AgentClient agent, Exchange exchange) {
    GitCheckoutRequest request = exchange.json(GitCheckoutRequest.class);
    String branch = GitNames.require("branch", request.branch());
    // What stands before the two dashes is no path.
    Git.in(agent, exchange, request.path()).run("checkout", "--quiet", branch, "--");
    return Answer.empty(200);
  }
}
