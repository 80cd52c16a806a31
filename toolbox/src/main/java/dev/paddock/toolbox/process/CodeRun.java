package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.TimedOutException;
import dev.paddock.toolbox.json.StreamedObject;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Runs code to its end and answers with its whole output and the figures that it showed. */
final class CodeRun {
  private static final int NOT_STARTED = -1;

  /** Longest request, in bytes. */
  private static final int MOST_CODE = 8 << 20;

  private static final int CHUNK = 256 * 1024;

  private final AgentClient agent;
  private final SpoolSpace space;

  CodeRun(AgentClient agent, SpoolSpace space) {
    this.agent = agent;
    this.space = space;
  }

  Answer run(Exchange exchange) throws IOException {
    CodeRunRequest request = exchange.json(CodeRunRequest.class, MOST_CODE);
    if (request.code().isBlank()) {
      throw new InvalidException("code is required");
    }
    CodeLanguage language = CodeLanguage.require(request.language());
    Command command =
        language.command(arguments(request)).withEnv(Environment.require(request.envs()));
    ExecOptions options = new ExecOptions(TimeLimit.require(request.timeout()), true, true);
    Execution execution;
    try {
      execution = agent.exec(command, options);
    } catch (InvalidException | NotFoundException | ForbiddenException failure) {
      return Answer.ok(
          new CodeRunResponse(NOT_STARTED, failure.getMessage(), new CodeRunArtifacts(List.of())));
    }
    try (execution) {
      exchange.onClientGone(execution::close);
      byte[] input = language.input(request.code());
      Thread.ofVirtual().name("code-input").start(() -> feed(execution, input));
      return answer(execution, exchange.pathParam("sandboxId"));
    }
  }

  /** A program may write before it has read everything, so somebody has to read meanwhile. */
  private static void feed(Execution execution, byte[] input) {
    try {
      for (int from = 0; from < input.length; from += CHUNK) {
        execution.writeInput(Arrays.copyOfRange(input, from, Math.min(from + CHUNK, input.length)));
      }
      execution.endInput();
    } catch (PaddockException ended) {
      // Why it has ended is told by its output.
      return;
    }
  }

  private Answer answer(Execution execution, String sandboxId) throws IOException {
    OutputSpool spool = new OutputSpool(space, sandboxId);
    boolean handedOver = false;
    try {
      ChartFilter filter = new ChartFilter(spool);
      OutputEvent.Exited end = drain(execution, filter);
      if (end.timedOut()) {
        throw new TimedOutException("code execution timeout");
      }
      if (spool.inMemory()) {
        return Answer.ok(new CodeRunResponse(end.code(), spool.text(), filter.artifacts()));
      }
      handedOver = true;
      return new StreamedObject()
          .with("exitCode", end.code())
          .with("result", spool::content)
          .withJson("artifacts", filter.artifacts())
          .answer(200);
    } finally {
      if (!handedOver) {
        spool.close();
      }
    }
  }

  private static OutputEvent.Exited drain(Execution execution, ChartFilter filter)
      throws IOException {
    while (true) {
      switch (execution.next()) {
        case OutputEvent.Stdout(byte[] data) -> filter.write(data);
        case OutputEvent.Stderr(byte[] data) -> filter.write(data);
        case OutputEvent.Exited end -> {
          filter.end();
          return end;
        }
      }
    }
  }

  private static List<String> arguments(CodeRunRequest request) {
    List<String> arguments = Objects.requireNonNullElse(request.argv(), List.of());
    for (String argument : arguments) {
      if (argument.indexOf('\0') >= 0) {
        throw new InvalidException("argv must be texts without NUL characters");
      }
    }
    return arguments;
  }
}
