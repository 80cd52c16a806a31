package dev.paddock.engine.network;

import java.net.Inet4Address;

/**
 * The part of the host's sandbox network that one data directory owns.
 *
 * @param index 0 to {@link #COUNT} - 1; also divides the id ranges
 * @param network its addresses
 */
public record NetworkBlock(int index, Ipv4Network network) {
  /** Blocks on one host. */
  public static final int COUNT = 12;

  /** Sandboxes of one block that run at the same time. */
  public static final int SLOTS = 2045;

  private static final int PREFIX = 21;
  private static final int FIRST_SLOT = 2;

  static NetworkBlock of(Ipv4Network whole, int index) {
    return new NetworkBlock(index, whole.part(index, PREFIX));
  }

  /** What names of this block's links start with. */
  public String linkPrefix() {
    return "pdk" + Integer.toHexString(index) + "-";
  }

  /** Name of the host's end of a slot's cable. */
  public String linkName(int slot) {
    return linkPrefix() + slot;
  }

  /** The host's address, as all sandboxes of the block see it. */
  public Inet4Address gateway() {
    return network.address(1);
  }

  public Inet4Address address(int slot) {
    return network.address(FIRST_SLOT + slot);
  }
}
