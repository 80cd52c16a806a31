package dev.paddock.model.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which sandboxes a listing holds: those that meet every condition that is given.
 *
 * @param idPrefix how the id begins
 * @param namePrefix how the name begins
 * @param labels pairs that its labels contain
 * @param states words of {@link SandboxState}; words that it does not know match nothing; empty
 *     means any
 * @param snapshots names of snapshots; empty means any
 * @param regions ids of regions; empty means any
 * @param cpu bounds on virtual CPUs
 * @param memoryGib bounds on memory
 * @param diskGib bounds on disk
 * @param isPublic whether previews need no credentials
 * @param created bounds on the creation time
 * @param lastActivity bounds on the time of last use
 */
public record SandboxFilter(
    Optional<String> idPrefix,
    Optional<String> namePrefix,
    Map<String, String> labels,
    Set<String> states,
    Set<String> snapshots,
    Set<String> regions,
    IntRange cpu,
    IntRange memoryGib,
    IntRange diskGib,
    Optional<Boolean> isPublic,
    TimeRange created,
    TimeRange lastActivity) {
  /** No condition. */
  public static final SandboxFilter ALL =
      new SandboxFilter(
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          IntRange.ANY,
          IntRange.ANY,
          IntRange.ANY,
          Optional.empty(),
          TimeRange.ANY,
          TimeRange.ANY);

  public SandboxFilter {
    labels = Map.copyOf(labels);
    states = Set.copyOf(states);
    snapshots = Set.copyOf(snapshots);
    regions = Set.copyOf(regions);
  }

  /** Only a condition on labels. */
  public static SandboxFilter labelled(Map<String, String> labels) {
    return new SandboxFilter(
        ALL.idPrefix,
        ALL.namePrefix,
        labels,
        ALL.states,
        ALL.snapshots,
        ALL.regions,
        ALL.cpu,
        ALL.memoryGib,
        ALL.diskGib,
        ALL.isPublic,
        ALL.created,
        ALL.lastActivity);
  }

  /**
   * Bounds on a number.
   *
   * @param min smallest, inclusive
   * @param max largest, inclusive
   */
  public record IntRange(OptionalInt min, OptionalInt max) {
    /** No bounds. */
    public static final IntRange ANY = new IntRange(OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * Bounds on a time.
   *
   * @param after earliest, exclusive
   * @param before latest, exclusive
   */
  public record TimeRange(Optional<Instant> after, Optional<Instant> before) {
    /** No bounds. */
    public static final TimeRange ANY = new TimeRange(Optional.empty(), Optional.empty());
  }
}
