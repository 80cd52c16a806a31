package dev.paddock.engine.runtime;

import java.io.IOException;

/** Turns a description into a running first process. */
public interface SandboxRuntime {
  /**
   * Starts the sandbox's first process; returns when its agent has taken what it is told, or has
   * answered where it is told nothing. Blocks for a minute or two at most. When it fails, no
   * process is left and no slot is held.
   *
   * @throws dev.paddock.model.failure.UnavailableException with the runtime's reason when it cannot
   */
  Started start(ContainerSpec spec) throws IOException;

  /** Removes what the runtime keeps of a sandbox whose processes have ended. Absent is fine. */
  void forget(String id, String runtime) throws IOException;

  /** Ends a start that an earlier server began and did not see through. None is fine. */
  void abort(String id) throws IOException;
}
