package dev.paddock.model.sandbox;

/**
 * When a sandbox that nobody uses is put away, in minutes.
 *
 * @param stop minutes without activity until it is stopped; 0 means never
 * @param archive minutes after the stop until it is archived; 1 to 43200
 * @param delete minutes after the stop until it is deleted; 0 means at once, -1 means never
 */
public record AutoIntervals(int stop, int archive, int delete) {
  /** The longest and, for a request of 0, the chosen archive interval: 30 days. */
  public static final int MAX_ARCHIVE = 43_200;

  /** What a sandbox gets when its creator says nothing: 15 minutes, 7 days, never. */
  public static final AutoIntervals DEFAULT = new AutoIntervals(15, 10_080, -1);
}
