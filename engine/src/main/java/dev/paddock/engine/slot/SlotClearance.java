package dev.paddock.engine.slot;

import dev.paddock.engine.cgroup.ControlGroups;
import java.io.IOException;

/** Clears away what the holder of a slot had, and gives the slot back. */
public final class SlotClearance {
  private final SlotPool slots;
  private final AgentSockets sockets;
  private final ControlGroups cgroups;

  public SlotClearance(SlotPool slots, AgentSockets sockets, ControlGroups cgroups) {
    this.slots = slots;
    this.sockets = sockets;
    this.cgroups = cgroups;
  }

  /** Kills what is left in the slot's control groups, removes them and the socket. */
  public void clear(int slot) throws IOException {
    cgroups.remove(Slot.group(slot));
    sockets.remove(slot);
  }

  /**
   * Readies the control groups for another sandbox of the native runtime, and removes the socket.
   */
  public void recycle(int slot) throws IOException {
    cgroups.recycle(Slot.group(slot));
    sockets.remove(slot);
  }

  /** The same, and the slot is free, whether that works or not. */
  public void giveBack(int slot) throws IOException {
    try {
      recycle(slot);
    } finally {
      slots.release(slot);
    }
  }

  /** Clears the slot, which is free then, whether that works or not. */
  public void giveBackCleared(int slot) throws IOException {
    try {
      clear(slot);
    } finally {
      slots.release(slot);
    }
  }

  /** The same after a failure, to which a failure to clear up is added. */
  public void giveBackAfter(Exception failure, int slot) {
    try {
      giveBackCleared(slot);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
