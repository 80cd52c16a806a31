package dev.paddock.model.runner;

import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One host's sandboxes, as the control plane sees them. Implemented in process by the engine, and
 * across hosts by a client. Every operation blocks until its effect is there, is idempotent by
 * sandbox id, and throws a {@code PaddockException} when it fails, having cleaned up after itself.
 */
public interface Runner {
  /** Images that sandboxes on this runner can be made from. */
  RunnerImages images();

  /** What the host has, as of now; cheap enough to be asked for every sandbox. */
  HostCapacity capacity();

  /**
   * Makes a sandbox with the image and sizes of {@code spec} and starts it, for somebody who comes
   * later: a {@link #create} with its id then only tells it the rest. Environment, user and
   * entrypoint of {@code spec} are not used. What is not claimed when this process ends is an
   * ordinary sandbox to the next one.
   */
  void prepare(SandboxSpec spec);

  /**
   * Makes the sandbox and starts it; returns when its agent takes commands. One that was prepared
   * is claimed. A sandbox that already runs is left as it is.
   */
  void create(SandboxSpec spec);

  /**
   * Starts a stopped sandbox with its files as they were; returns when its agent takes commands.
   */
  void start(SandboxSpec spec);

  /**
   * Stops all processes and keeps the files. A stopped or absent sandbox is fine.
   *
   * @param grace time between SIGTERM and SIGKILL; zero kills at once
   */
  void stop(SandboxId id, Duration grace);

  /** Removes processes, network, cgroup, mounts and files. An absent sandbox is fine. */
  void destroy(SandboxId id);

  /** What is really there, for every sandbox of which this host holds anything. */
  Map<SandboxId, ObservedState> observe();

  /**
   * Registers whom to tell when a sandbox ends by itself. Called on a thread of the runner; must
   * not block.
   */
  void onExit(Consumer<SandboxId> listener);
}
