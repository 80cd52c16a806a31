package dev.paddock.model.runner;

/** What a runner holds of a sandbox. */
public enum ObservedState {
  /** Its PID 1 lives. */
  RUNNING,
  /** Its files are there, its processes are not. */
  STOPPED
}
