package dev.paddock.engine.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * How a file is written.
 *
 * @param mode permission bits; 0 keeps those of an existing file, else 0644
 * @param makeParents whether missing directories are made
 * @param limit how long all of it may take, the body's arrival included; empty where that is as
 *     slow as it likes
 */
public record WriteOptions(int mode, boolean makeParents, Optional<Duration> limit) {
  /** Without a limit in time. */
  public WriteOptions(int mode, boolean makeParents) {
    this(mode, makeParents, Optional.empty());
  }

  /** The same, given up after a time; the old file then stays. */
  public WriteOptions within(Duration time) {
    return new WriteOptions(mode, makeParents, Optional.of(time));
  }
}
