package dev.paddock.server.doctor;

/**
 * The result of one check.
 *
 * @param name what was looked at
 * @param level how bad it is
 * @param detail what was found
 * @param remedy what to do; empty when there is nothing to do
 */
public record Finding(String name, Level level, String detail, String remedy) {
  /** How bad a finding is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Paddock runs, and something is not as good as it could be. */
    WARNING,
    /** Paddock does not run until this is mended. */
    FAILURE
  }

  static Finding ok(String name, String detail) {
    return new Finding(name, Level.OK, detail, "");
  }

  static Finding warning(String name, String detail, String remedy) {
    return new Finding(name, Level.WARNING, detail, remedy);
  }

  static Finding failure(String name, String detail, String remedy) {
    return new Finding(name, Level.FAILURE, detail, remedy);
  }
}
