package dev.paddock.toolbox.testing;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.toolbox.Sandboxes;
import dev.paddock.web.Principal;
import java.util.concurrent.atomic.AtomicInteger;

/** One sandbox that runs and one that is stopped. */
final class TestSandboxes implements Sandboxes {
  static final String RUNNING = "11111111-1111-4111-8111-111111111111";
  static final String STOPPED = "22222222-2222-4222-8222-222222222222";

  private final AgentClient agent;
  private final AtomicInteger touches = new AtomicInteger();

  TestSandboxes(AgentClient agent) {
    this.agent = agent;
  }

  @Override
  public AgentClient open(Principal principal, String sandboxId) {
    return switch (sandboxId) {
      case RUNNING -> agent;
      case STOPPED -> throw new InvalidException("Sandbox is not running");
      default -> throw new NotFoundException("Sandbox " + sandboxId + " not found");
    };
  }

  @Override
  public void touched(String sandboxId) {
    touches.incrementAndGet();
  }

  int touches() {
    return touches.get();
  }
}
