package dev.paddock.engine.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A range of IPv4 addresses.
 *
 * @param first its lowest address as a number
 * @param prefix leading bits that all its addresses share, 8 to 30
 */
public record Ipv4Network(int first, int prefix) {
  public Ipv4Network {
    if (prefix < 8 || prefix > 30) {
      throw new IllegalArgumentException("A network's prefix is 8 to 30");
    }
    if ((first & ((1 << (32 - prefix)) - 1)) != 0) {
      throw new IllegalArgumentException("A network starts at a multiple of its size");
    }
  }

  /** Reads the form {@code 10.231.0.0/16}. */
  public static Ipv4Network parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.matches("[0-9.]+/[0-9]{1,2}")) {
      throw new IllegalArgumentException("A network is written like 10.231.0.0/16");
    }
    byte[] bytes = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
    return new Ipv4Network(
        ByteBuffer.wrap(bytes).getInt(), Integer.parseInt(text.substring(slash + 1)));
  }

  /** Number of addresses. */
  public int size() {
    return 1 << (32 - prefix);
  }

  /** The address at an index below {@link #size()}. */
  public Inet4Address address(int index) {
    Objects.checkIndex(index, size());
    byte[] bytes = ByteBuffer.allocate(4).putInt(first + index).array();
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an IPv4 address", e);
    }
  }

  /**
   * The part number {@code index} of those with {@code longerPrefix} that this range divides into.
   */
  public Ipv4Network part(int index, int longerPrefix) {
    Objects.checkIndex(index, 1 << (longerPrefix - prefix));
    return new Ipv4Network(first + (index << (32 - longerPrefix)), longerPrefix);
  }

  @Override
  public String toString() {
    return address(0).getHostAddress() + "/" + prefix;
  }
}
