package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ProcessInfo;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.toolbox.process.SandboxProgram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The contexts of a sandbox: background processes of its agent, which knows all there is to know of
 * them. So they outlive this program.
 */
final class Contexts {
  /** The context of code that names none. It is there without being made, and not listed. */
  static final String DEFAULT = "default";

  static final String LANGUAGE = "python";

  private static final String PREFIX = "interpreter:";
  private static final byte[] PROGRAM =
      SandboxProgram.load("/dev/paddock/toolbox/interpreter/context.py");

  /** Reads the program, and leaves nothing of itself among the variables of code. */
  private static final String START =
      """
      def start():
          import os
          requests = os.fdopen(os.dup(0), "rb")
          own = {"__name__": "paddock"}
          exec(compile(requests.read(int(requests.readline())), "<paddock>", "exec"), own)
          own["serve"](requests)
      globals().pop("start")()
      """;

  private final AgentClient agent;

  Contexts(AgentClient agent) {
    this.agent = agent;
  }

  static String idOf(ProcessInfo process) {
    return process.id().substring(PREFIX.length());
  }

  static String processId(String id) {
    return PREFIX + id;
  }

  ProcessInfo create(String cwd) {
    if (!cwd.isEmpty()) {
      requireDirectory(cwd);
    }
    return start(UUID.randomUUID().toString(), cwd);
  }

  private void requireDirectory(String cwd) {
    try {
      if (agent.stat(cwd).isDirectory()) {
        return;
      }
    } catch (NotFoundException absent) {
      throw new InvalidException("cwd does not exist", absent);
    }
    throw new InvalidException("cwd must be a directory");
  }

  List<ProcessInfo> list() {
    return agent.processes().stream()
        .filter(process -> !process.terminal() && process.id().startsWith(PREFIX))
        .filter(process -> !process.id().equals(processId(DEFAULT)))
        .toList();
  }

  void delete(String id) {
    if (id.equals(DEFAULT)) {
      throw new InvalidException("the default context cannot be deleted");
    }
    agent.removeProcess(require(id).id(), Duration.ZERO);
  }

  /** A context whose interpreter runs; one that has ended, or the default one, is started. */
  ProcessInfo running(String id) {
    Optional<ProcessInfo> process = find(id);
    if (process.isEmpty() && !id.equals(DEFAULT)) {
      throw unknown(id);
    }
    return process
        .filter(ProcessInfo::running)
        .orElseGet(() -> start(id, process.map(ProcessInfo::cwd).orElse("")));
  }

  /** Ends a context's interpreter and starts another: its variables are lost. */
  void restart(String id) {
    String cwd = require(id).cwd();
    agent.removeProcess(processId(id), Duration.ZERO);
    start(id, cwd);
  }

  Optional<ProcessInfo> find(String id) {
    try {
      return Optional.of(agent.process(processId(id))).filter(process -> !process.terminal());
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  private ProcessInfo require(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private static NotFoundException unknown(String id) {
    return new NotFoundException("interpreter context '" + id + "' does not exist");
  }

  private ProcessInfo start(String id, String cwd) {
    Command command = Command.argv("python3", "-c", START).withCwd(cwd);
    ProcessInfo process;
    try {
      process = agent.startTransientProcess(processId(id), command);
    } catch (NotFoundException absent) {
      throw new InvalidException(
          "the sandbox has no python3, or not the context's directory any more", absent);
    }
    agent.writeProcessInput(process.id(), SandboxProgram.withLength(PROGRAM), false);
    return process;
  }
}
