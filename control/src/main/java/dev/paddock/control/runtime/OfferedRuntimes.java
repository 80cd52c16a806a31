package dev.paddock.control.runtime;

import dev.paddock.model.failure.InvalidException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What may start sandboxes. A runtime's name is the name of a program that runs on the host, so a
 * caller's word for it goes no further than this list.
 *
 * @param usual for sandboxes and snapshots that name none
 * @param names all that may be named; the usual one is always among them
 */
public record OfferedRuntimes(String usual, SortedSet<String> names) {
  public OfferedRuntimes {
    TreeSet<String> all = new TreeSet<>(names);
    all.add(usual);
    names = Collections.unmodifiableSortedSet(all);
  }

  /**
   * A name that a caller gave.
   *
   * @return the name; empty when it is absent or empty
   * @throws InvalidException listing what may be named, when it is something else
   */
  public Optional<String> check(Optional<String> named) {
    Optional<String> given = named.filter(name -> !name.isEmpty());
    given.ifPresent(name -> require(name, "runtime must be"));
    return given;
  }

  /**
   * The runtime of a sandbox to come.
   *
   * @param own what its request names, if anything
   * @param snapshots what its snapshot names, if anything
   * @throws InvalidException listing what may be named, when the one that counts is something else
   */
  public String choose(Optional<String> own, Optional<String> snapshots) {
    return check(own)
        .orElseGet(() -> {
          String other = snapshots.orElse(usual);
          require(other, "This server no longer offers the snapshot's runtime; name");
          return other;
        });
  }

  /** Whether sandboxes may have it. */
  public boolean offers(String name) {
    return names.contains(name);
  }

  private void require(String name, String complaint) {
    if (!offers(name)) {
      throw new InvalidException(complaint + " one of " + String.join(", ", names));
    }
  }
}
