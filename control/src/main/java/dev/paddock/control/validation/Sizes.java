package dev.paddock.control.validation;

import dev.paddock.model.Resources;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.snapshot.ResourceRequest;
import java.util.OptionalInt;

/** What sizes a sandbox may have. */
public final class Sizes {
  private Sizes() {}

  /**
   * The sizes that a request means.
   *
   * @param usual for those that it leaves open
   * @param most the largest of each
   * @throws InvalidException when one is below 1 or above the largest, or a GPU is asked for
   */
  public static Resources resolve(ResourceRequest request, Resources usual, Resources most) {
    if (request.gpu().orElse(0) != 0) {
      throw new InvalidException("This server has no GPUs; leave gpu out");
    }
    return new Resources(
        size("cpu", request.cpu(), usual.cpu(), most.cpu()),
        size("memory", request.memoryGib(), usual.memoryGib(), most.memoryGib()),
        size("disk", request.diskGib(), usual.diskGib(), most.diskGib()));
  }

  private static int size(String what, OptionalInt wanted, int usual, int most) {
    int size = wanted.orElse(Math.min(usual, most));
    if (size < 1) {
      throw new InvalidException(what + " must be at least 1");
    }
    if (size > most) {
      throw new InvalidException(what + " limit exceeded. Maximum allowed: " + most);
    }
    return size;
  }
}
