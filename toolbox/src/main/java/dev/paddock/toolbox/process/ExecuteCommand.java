package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.TimedOutException;
import dev.paddock.toolbox.json.StreamedObject;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.io.IOException;
import java.util.Objects;

/** Runs a command to its end and answers with its whole output. */
final class ExecuteCommand {
  private static final int NOT_STARTED = -1;

  private final AgentClient agent;
  private final SpoolSpace space;

  ExecuteCommand(AgentClient agent, SpoolSpace space) {
    this.agent = agent;
    this.space = space;
  }

  Answer run(Exchange exchange) throws IOException {
    ExecuteRequest request = exchange.json(ExecuteRequest.class);
    Command command = command(request);
    ExecOptions options = new ExecOptions(TimeLimit.require(request.timeout()), false, true);
    Execution execution;
    try {
      execution = agent.exec(command, options);
    } catch (InvalidException | NotFoundException | ForbiddenException failure) {
      return Answer.ok(new ExecuteResponse(NOT_STARTED, failure.getMessage()));
    }
    try (execution) {
      exchange.onClientGone(execution::close);
      return answer(execution, exchange.pathParam("sandboxId"));
    }
  }

  private Answer answer(Execution execution, String sandboxId) throws IOException {
    OutputSpool spool = new OutputSpool(space, sandboxId);
    boolean handedOver = false;
    try {
      OutputEvent.Exited end = drain(execution, spool);
      if (end.timedOut()) {
        throw new TimedOutException("command execution timeout");
      }
      if (spool.inMemory()) {
        return Answer.ok(new ExecuteResponse(end.code(), spool.text()));
      }
      handedOver = true;
      return new StreamedObject()
          .with("exitCode", end.code())
          .with("result", spool::content)
          .answer(200);
    } finally {
      if (!handedOver) {
        spool.close();
      }
    }
  }

  private static OutputEvent.Exited drain(Execution execution, OutputSpool spool)
      throws IOException {
    while (true) {
      switch (execution.next()) {
        case OutputEvent.Stdout(byte[] data) -> spool.write(data);
        case OutputEvent.Stderr(byte[] data) -> spool.write(data);
        case OutputEvent.Exited end -> {
          return end;
        }
      }
    }
  }

  private static Command command(ExecuteRequest request) {
    if (request.command().isBlank()) {
      throw new InvalidException("command is required");
    }
    return Command.shell(request.command())
        .withCwd(Objects.requireNonNullElse(request.cwd(), ""))
        .withEnv(Environment.require(request.envs()));
  }
}
