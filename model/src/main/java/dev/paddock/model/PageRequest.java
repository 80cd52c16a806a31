package dev.paddock.model;

import dev.paddock.model.failure.InvalidException;

/**
 * Which page of a counted listing is wanted.
 *
 * @param page from 1
 * @param limit items per page, 1 to 200
 */
public record PageRequest(int page, int limit) {
  /** The page size when the caller names none. */
  public static final int DEFAULT_LIMIT = 100;

  /** The largest page size. */
  public static final int MAX_LIMIT = 200;

  /**
   * Checks the ranges.
   *
   * @throws InvalidException when one is left
   */
  public PageRequest {
    if (page < 1) {
      throw new InvalidException("page must not be less than 1");
    }
    requireLimit(limit);
  }

  /** How many items the pages before this one hold. */
  public long offset() {
    return (page - 1L) * limit;
  }

  /**
   * Insists on a page size in range.
   *
   * @throws InvalidException when it is not
   */
  public static int requireLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidException("limit must be between 1 and " + MAX_LIMIT);
    }
    return limit;
  }
}
