package dev.paddock.toolbox.system;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.process.Environment;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The routes {@code /env} and {@code /system/metrics}. */
public final class SystemRoutes {
  /** Adds them. */
  public void addTo(RouteTable table) {
    table.post(
        "/env",
        Operation.of("UpdateEnv", "server", "Changes the environment of what is started later")
            .reads(UpdateEnvRequest.class)
            .answers(200, UpdateEnvResponse.class),
        SystemRoutes::updateEnvironment);
    table.get(
        "/system/metrics",
        Operation.of("GetSystemMetrics", "system", "Processors, memory and disk in use")
            .answers(200, SystemMetrics.class),
        (agent, _) -> Answer.ok(SystemMetrics.of(agent.metrics(), Instant.now())));
  }

  private static Answer updateEnvironment(AgentClient agent, Exchange exchange) {
    UpdateEnvRequest request = exchange.json(UpdateEnvRequest.class);
    agent.updateEnvironment(
        Environment.require(request.set()),
        Objects.requireNonNullElse(request.unset(), List.of()),
        Objects.requireNonNullElse(request.unsetValuePrefix(), ""));
    return Answer.ok(new UpdateEnvResponse("the environment is changed"));
  }
}
