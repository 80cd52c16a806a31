package dev.paddock.engine.rootfs;

/**
 * The host's user and group ids that ids 0 to 65535 of one sandbox stand for.
 *
 * @param first the host's id for 0
 */
public record IdRange(int first) {
  /** Ids in a range. */
  public static final int SIZE = 65536;

  /**
   * Lowest id handed out. Subordinate ids (from 100000), dynamic users of systemd (61184 to 65519)
   * and people are below; the end of the last range is below 2^31 - 1, which the kernel's
   * ping_group_range and many programs take for the largest id.
   */
  private static final int FIRST = 0x1000_0000;

  /** A range that no other slot of any block has. */
  public static IdRange of(int block, int slot) {
    return new IdRange(FIRST + ((block << 11) + slot) * SIZE);
  }
}
