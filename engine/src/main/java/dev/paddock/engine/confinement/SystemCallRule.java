package dev.paddock.engine.confinement;

/**
 * A system call that fails in sandboxes.
 *
 * @param name its name; one that an architecture lacks closes nothing there
 * @param errno what it fails with
 * @param condition when it fails
 * @param value what the condition compares the first argument with, as a 32-bit number
 */
public record SystemCallRule(String name, int errno, Condition condition, int value) {
  /** When a call fails. */
  public enum Condition {
    ALWAYS,
    ANY_BIT_OF,
    EQUAL_TO,
    GREATER_THAN
  }

  static SystemCallRule always(String name, int errno) {
    return new SystemCallRule(name, errno, Condition.ALWAYS, 0);
  }
}
