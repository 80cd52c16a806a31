package dev.paddock.server.config;

import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.model.failure.InvalidException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what may start sandboxes. */
final class RuntimeSettings {
  private static final String USUAL = "PADDOCK_RUNTIME";
  private static final String OTHERS = "PADDOCK_RUNTIMES";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private RuntimeSettings() {}

  /**
   * The one for sandboxes that name none, and those that may be named, from a text such as {@code
   * native,runc}.
   *
   * @throws InvalidException naming the setting that is wrong
   */
  static OfferedRuntimes read(Map<String, String> environment) {
    String usual = name(USUAL, environment.getOrDefault(USUAL, "native"));
    SortedSet<String> others = new TreeSet<>();
    for (String other : environment.getOrDefault(OTHERS, "native,runc").split(",", -1)) {
      if (!other.isBlank()) {
        others.add(name(OTHERS, other.strip()));
      }
    }
    return new OfferedRuntimes(usual, others);
  }

  private static String name(String setting, String text) {
    if (NAME.matcher(text).matches()) {
      return text;
    }
    throw new InvalidException(
        setting + " names runtimes by their programs, without a path, like runc: " + text);
  }
}
