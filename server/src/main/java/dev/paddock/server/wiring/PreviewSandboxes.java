package dev.paddock.server.wiring;

import dev.paddock.control.access.ApiKeys;
import dev.paddock.control.sandbox.Sandboxes;
import dev.paddock.engine.Engine;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.UnauthorizedException;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.proxy.PreviewDirectory;
import dev.paddock.proxy.PreviewTarget;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The proxy's sandboxes: access is control's word, addresses are the engine's. */
public final class PreviewSandboxes implements PreviewDirectory {
  private final Sandboxes sandboxes;
  private final ApiKeys apiKeys;
  private final Engine engine;

  public PreviewSandboxes(Sandboxes sandboxes, ApiKeys apiKeys, Engine engine) {
    this.sandboxes = sandboxes;
    this.apiKeys = apiKeys;
    this.engine = engine;
  }

  @Override
  public Optional<PreviewTarget> find(String sandboxId) {
    return access(sandboxId)
        .map(found ->
            new PreviewTarget(
                sandboxId,
                found.isPublic(),
                found.previewToken(),
                found.state() == SandboxState.STARTED,
                found.state().text()));
  }

  @Override
  public boolean mayAccess(String bearerToken, String sandboxId) {
    try {
      String organization = apiKeys.authenticate(bearerToken).organizationId();
      return access(sandboxId)
          .filter(found -> found.organizationId().equals(organization))
          .isPresent();
    } catch (UnauthorizedException e) {
      return false;
    }
  }

  @Override
  public InetSocketAddress connectAddress(String sandboxId, int port) {
    return new InetSocketAddress(engine.address(new SandboxId(sandboxId)), port);
  }

  @Override
  public InetSocketAddress forwardAddress(String sandboxId, int port) {
    SandboxId id = new SandboxId(sandboxId);
    return new InetSocketAddress(engine.address(id), engine.agent(id).forward(port));
  }

  @Override
  public void touched(String sandboxId) {
    if (SandboxId.isValid(sandboxId)) {
      sandboxes.touch(new SandboxId(sandboxId));
    }
  }

  private Optional<SandboxAccess> access(String sandboxId) {
    return SandboxId.isValid(sandboxId)
        ? sandboxes.access(new SandboxId(sandboxId))
        : Optional.empty();
  }
}
