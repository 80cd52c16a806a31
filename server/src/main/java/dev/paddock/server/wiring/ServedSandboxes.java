package dev.paddock.server.wiring;

import dev.paddock.control.sandbox.Sandboxes;
import dev.paddock.engine.Engine;
import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.web.Principal;
import java.util.Optional;

/** The toolbox's sandboxes: who may reach them is control's word, how is the engine's. */
public final class ServedSandboxes implements dev.paddock.toolbox.Sandboxes {
  private final Sandboxes sandboxes;
  private final Engine engine;

  public ServedSandboxes(Sandboxes sandboxes, Engine engine) {
    this.sandboxes = sandboxes;
    this.engine = engine;
  }

  @Override
  public AgentClient open(Principal principal, String sandboxId) {
    SandboxAccess access =
        find(sandboxId)
            .filter(found -> found.organizationId().equals(principal.organizationId()))
            .orElseThrow(
                () -> new NotFoundException("Sandbox with ID " + sandboxId + " not found"));
    if (access.state() != SandboxState.STARTED) {
      throw new InvalidException(
          "Sandbox is not running: it is " + access.state().text() + ". Start it first.");
    }
    return engine.agent(access.id());
  }

  @Override
  public void touched(String sandboxId) {
    if (SandboxId.isValid(sandboxId)) {
      sandboxes.touch(new SandboxId(sandboxId));
    }
  }

  private Optional<SandboxAccess> find(String sandboxId) {
    return SandboxId.isValid(sandboxId)
        ? sandboxes.access(new SandboxId(sandboxId))
        : Optional.empty();
  }
}
