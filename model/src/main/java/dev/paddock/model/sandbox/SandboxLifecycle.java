package dev.paddock.model.sandbox;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import java.util.Optional;
import java.util.Set;

/** The sandbox state machine: which command leads from where to where. Pure functions. */
public final class SandboxLifecycle {
  /** The answer to a command while another one is at work. */
  public static final String IN_PROGRESS = "Sandbox state change in progress";

  /** The states from which a sandbox may be destroyed. */
  public static final Set<SandboxState> DESTROYABLE =
      Set.of(
          SandboxState.PENDING_BUILD,
          SandboxState.BUILDING_SNAPSHOT,
          SandboxState.STARTED,
          SandboxState.STOPPED,
          SandboxState.ERROR,
          SandboxState.BUILD_FAILED,
          SandboxState.DESTROYING);

  private SandboxLifecycle() {}

  /**
   * The status while {@code command} is carried out.
   *
   * @throws ConflictException while another change is at work
   * @throws InvalidException when the command makes no sense in this state
   */
  public static SandboxStatus begin(SandboxState state, SandboxCommand command) {
    return switch (command) {
      case START -> beginStart(state);
      case STOP -> beginStop(state);
      case DESTROY -> beginDestroy(state);
    };
  }

  /** The status after the change that {@code state} stands for has succeeded. */
  public static SandboxStatus complete(SandboxState state) {
    return switch (state) {
      case PENDING_BUILD, BUILDING_SNAPSHOT, CREATING, STARTING, STARTED ->
          SandboxStatus.of(SandboxState.STARTED, DesiredState.STARTED);
      case STOPPING, STOPPED -> SandboxStatus.of(SandboxState.STOPPED, DesiredState.STOPPED);
      case DESTROYING, DESTROYED ->
          SandboxStatus.of(SandboxState.DESTROYED, DesiredState.DESTROYED);
      case ERROR, BUILD_FAILED ->
          throw new IllegalArgumentException("Nothing leads out of an error");
    };
  }

  /** The status of a sandbox that cannot be used any more. */
  public static SandboxStatus failed(String reason) {
    return new SandboxStatus(SandboxState.ERROR, DesiredState.STARTED, Optional.of(reason));
  }

  /** The status of a sandbox whose image could not be made. */
  public static SandboxStatus buildFailed(String reason) {
    return new SandboxStatus(SandboxState.BUILD_FAILED, DesiredState.STARTED, Optional.of(reason));
  }

  private static SandboxStatus beginStart(SandboxState state) {
    return switch (state) {
      case STOPPED -> SandboxStatus.of(SandboxState.STARTING, DesiredState.STARTED);
      case ERROR, BUILD_FAILED -> throw new InvalidException("Sandbox is in an errored state");
      case STARTED, DESTROYED -> throw new InvalidException("Sandbox is not in valid state");
      case PENDING_BUILD, BUILDING_SNAPSHOT, CREATING, STARTING, STOPPING, DESTROYING ->
          throw new ConflictException(IN_PROGRESS);
    };
  }

  private static SandboxStatus beginStop(SandboxState state) {
    return switch (state) {
      case STARTED -> SandboxStatus.of(SandboxState.STOPPING, DesiredState.STOPPED);
      case STOPPED, ERROR, BUILD_FAILED, DESTROYED ->
          throw new InvalidException("Sandbox is not in a stoppable state");
      case PENDING_BUILD, BUILDING_SNAPSHOT, CREATING, STARTING, STOPPING, DESTROYING ->
          throw new ConflictException(IN_PROGRESS);
    };
  }

  private static SandboxStatus beginDestroy(SandboxState state) {
    if (DESTROYABLE.contains(state)) {
      return SandboxStatus.of(SandboxState.DESTROYING, DesiredState.DESTROYED);
    }
    throw state == SandboxState.DESTROYED
        ? new InvalidException("Sandbox is not in valid state")
        : new ConflictException(IN_PROGRESS);
  }
}
