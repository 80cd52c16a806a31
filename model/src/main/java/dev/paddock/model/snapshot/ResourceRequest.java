package dev.paddock.model.snapshot;

import java.util.OptionalInt;

/**
 * Sizes as they were asked for, unchecked.
 *
 * @param cpu virtual CPUs
 * @param memoryGib GiB of memory
 * @param diskGib GiB of disk
 * @param gpu number of GPUs
 */
public record ResourceRequest(
    OptionalInt cpu, OptionalInt memoryGib, OptionalInt diskGib, OptionalInt gpu) {
  /** Nothing asked for. */
  public static final ResourceRequest NONE =
      new ResourceRequest(
          OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  /** Whether no size was asked for. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}
