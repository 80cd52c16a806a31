package dev.paddock.toolbox.process;

import dev.paddock.model.failure.InvalidException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Environment variables as a request brings them. */
public final class Environment {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Environment() {}

  /**
   * The variables, or an empty map for none.
   *
   * @throws InvalidException naming the first one that a shell could not hold
   */
  public static Map<String, String> require(@Nullable Map<String, String> variables) {
    if (variables == null) {
      return Map.of();
    }
    variables.forEach(Environment::check);
    return Map.copyOf(variables);
  }

  private static void check(String name, @Nullable String value) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidException(
          "invalid environment variable name '"
              + name
              + "': use letters, digits and underscores, and no digit first");
    }
    if (value == null || value.indexOf('\0') >= 0) {
      throw new InvalidException(
          "the value of environment variable '" + name + "' must be text without NUL characters");
    }
  }
}
