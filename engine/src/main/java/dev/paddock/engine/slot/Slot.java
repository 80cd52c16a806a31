package dev.paddock.engine.slot;

import dev.paddock.engine.host.Fd;
import dev.paddock.engine.rootfs.IdRange;
import java.net.Inet4Address;

/**
 * What a sandbox holds while it runs and another gets afterwards.
 *
 * @param index number on this host's block
 * @param ids its id range
 * @param idMap user namespace with the range's map; belongs to the pool
 * @param address its address
 * @param network its network namespace; belongs to the pool
 */
public record Slot(int index, IdRange ids, Fd idMap, Inet4Address address, Fd network) {
  /** Name of the control groups of whoever holds the slot. */
  public String group() {
    return group(index);
  }

  /** The same by the slot's number. */
  public static String group(int index) {
    return "slot-" + index;
  }
}
