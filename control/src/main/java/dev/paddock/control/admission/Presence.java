package dev.paddock.control.admission;

/** Whether somebody still waits for an answer. */
@FunctionalInterface
public interface Presence {
  /** Nobody leaves, or nobody can tell. */
  Presence CERTAIN = action -> {};

  /** Runs {@code action}, on any thread, when the caller has left; it must not block. */
  void onGone(Runnable action);
}
