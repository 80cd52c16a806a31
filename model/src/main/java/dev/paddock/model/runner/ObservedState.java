package dev.paddock.model.runner;

/** What a runner holds of a sandbox. */
public enum ObservedState {
  /** Its PID 1 lives. */
  RUNNING,
  /** The same, and it was prepared by this process and not yet claimed. */
  WARM,
  /** Its files are there, its processes are not. */
  STOPPED
}
