package dev.paddock.control.validation;

import dev.paddock.model.failure.InvalidException;
import java.util.Map;

/** What environments and labels may hold. */
public final class Pairs {
  private static final int MAX_LABELS = 200;
  private static final int MAX_LABEL_TEXT = 64 * 1024;
  private static final int MAX_VARIABLES = 1000;

  /** A quarter of what Linux allows a new process. */
  private static final int MAX_ENVIRONMENT_TEXT = 512 * 1024;

  private Pairs() {}

  /**
   * Labels: bounded text.
   *
   * @throws InvalidException when they are more or something else
   */
  public static Map<String, String> labels(Map<String, String> labels) {
    requireBounds("labels", labels, MAX_LABELS, MAX_LABEL_TEXT);
    return labels;
  }

  /**
   * An environment that a process can get.
   *
   * @throws InvalidException when a name is impossible or it is too large
   */
  public static Map<String, String> environment(Map<String, String> env) {
    requireBounds("env", env, MAX_VARIABLES, MAX_ENVIRONMENT_TEXT);
    for (String name : env.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new InvalidException("env: a variable's name must not be empty or contain '='");
      }
    }
    return env;
  }

  private static void requireBounds(String what, Map<String, String> pairs, int most, int text) {
    if (pairs.size() > most) {
      throw new InvalidException(what + " must not have more than " + most + " entries");
    }
    int length = 0;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      length += pair.getKey().length() + pair.getValue().length();
      if (pair.getKey().indexOf('\0') >= 0 || pair.getValue().indexOf('\0') >= 0) {
        throw new InvalidException(what + " must not contain NUL characters");
      }
      if (length > text) {
        throw new InvalidException(what + " must not be longer than " + text + " characters");
      }
    }
  }
}
