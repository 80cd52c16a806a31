package dev.paddock.toolbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.web.Principal;

/** The sandboxes that the toolbox serves, as the program that hosts it sees them. Thread-safe. */
public interface Sandboxes {
  /**
   * The agent of a running sandbox. Called for each request; does not connect.
   *
   * @throws dev.paddock.model.failure.NotFoundException when no such sandbox exists for this caller
   * @throws dev.paddock.model.failure.InvalidException when it is not started
   */
  AgentClient open(Principal principal, String sandboxId);

  /**
   * Notes that somebody uses the sandbox. Called at the beginning of each request and every 50
   * seconds while it lasts, so it has to return at once and to put up with many calls.
   */
  void touched(String sandboxId);
}
