package dev.paddock.toolbox.git;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.web.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the sandbox's git, as the sandbox's user, for one request: in a repository, or in the work
 * dir. It ends with the request's client.
 */
final class Git {
  private static final int SIGTERM = 15;
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int NO_SUCH_PROGRAM = 127;

  /**
   * Moves the pipe with the credentials away from standard input, which git's children share, to
   * where the helper looks for it.
   */
  private static final String WITH_PIPE = "exec 3<&0 </dev/null; exec git \"$@\"";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          // Whatever the sandbox speaks, git's complaints are to be understood here.
          "LC_ALL", "C",
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_EDITOR", "true",
          "GIT_PAGER", "cat",
          // A look at the repository must not keep a command of the user's from locking it.
          "GIT_OPTIONAL_LOCKS", "0");

  private final AgentClient agent;
  private final Exchange exchange;
  private final Optional<String> directory;

  private Git(AgentClient agent, Exchange exchange, Optional<String> directory) {
    this.agent = agent;
    this.exchange = exchange;
    this.directory = directory;
  }

  /** Git in the work dir. */
  static Git of(AgentClient agent, Exchange exchange) {
    return new Git(agent, exchange, Optional.empty());
  }

  /** Git in a directory; relative ones start at the work dir. */
  static Git in(AgentClient agent, Exchange exchange, String path) {
    return new Git(agent, exchange, Optional.of(SandboxPath.require(path)));
  }

  /**
   * Runs git.
   *
   * @throws dev.paddock.model.failure.PaddockException by what it complains about
   */
  GitOutput run(GitCall call) {
    GitOutput output = attempt(call);
    if (!output.succeeded()) {
      throw GitFailures.of(output);
    }
    return output;
  }

  GitOutput run(String... arguments) {
    return run(GitCall.of(arguments));
  }

  /** Runs git, whose failure may mean something. */
  GitOutput attempt(GitCall call) {
    try (Execution execution = start(call)) {
      exchange.onClientGone(() -> abandon(execution));
      Optional<byte[]> input = call.standardInput();
      input.ifPresent(execution::writeInput);
      input.ifPresent(_ -> execution.endInput());
      GitOutput output = GitOutput.of(execution);
      if (output.timedOut()) {
        throw new TimedOutException(
            "git "
                + call.arguments().getFirst()
                + " took longer than "
                + call.limit().toMinutes()
                + " minutes");
      }
      if (output.code() == NO_SUCH_PROGRAM) {
        throw missing(output.complaint());
      }
      return output;
    }
  }

  GitOutput attempt(String... arguments) {
    return attempt(GitCall.of(arguments));
  }

  private Execution start(GitCall call) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.putAll(call.environment());
    Command command = Command.argv(argv(call).toArray(String[]::new)).withEnv(environment);
    try {
      return agent.exec(
          command, new ExecOptions(call.limit(), call.standardInput().isPresent(), false));
    } catch (NotFoundException absent) {
      throw missing(absent.getMessage());
    }
  }

  private List<String> argv(GitCall call) {
    List<String> argv = new ArrayList<>();
    if (call.credentials().isPresent()) {
      argv.addAll(List.of("sh", "-c", WITH_PIPE));
    }
    argv.add("git");
    directory.ifPresent(path -> argv.addAll(List.of("-C", path)));
    call.credentials().ifPresent(scoped -> argv.addAll(scoped.options()));
    argv.addAll(call.options());
    argv.addAll(call.arguments());
    return argv;
  }

  private static InvalidException missing(String reason) {
    return new InvalidException(
        "the sandbox has no git (" + reason.strip() + "); install it in the sandbox or its image");
  }

  /** Git removes what it has not finished when it is asked to end, and not when it is killed. */
  private static void abandon(Execution execution) {
    try (execution) {
      execution.signal(SIGTERM);
      Thread.sleep(GRACE);
    } catch (UnavailableException ended) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
