package dev.paddock.toolbox.git;

import dev.paddock.model.failure.InvalidException;

/** Names that become arguments of git, which must not take them for options. */
final class GitNames {
  private GitNames() {}

  /**
   * The name of a branch, remote, revision or setting, as it was.
   *
   * @throws InvalidException when it is empty or looks like something else
   */
  static String require(String field, String name) {
    if (name.isBlank()) {
      throw new InvalidException(field + " is required");
    }
    if (name.startsWith("-") || name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidException(
          field + " '" + name.replaceAll("\\p{Cntrl}", " ") + "' is no name that git takes");
    }
    return name;
  }
}
