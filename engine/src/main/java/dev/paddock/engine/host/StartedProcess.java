package dev.paddock.engine.host;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;

/**
 * A sandbox's first process.
 *
 * @param pid its number on the host
 * @param startTime when it started, in clock ticks since boot
 * @param handle holds it; to be closed by whoever has it
 */
public record StartedProcess(long pid, long startTime, PidFd handle) {
  /**
   * Describes a process that is there.
   *
   * @param handle holds it; closed here when the process has ended
   * @throws UnavailableException when it has ended
   */
  public static StartedProcess of(long pid, PidFd handle) throws IOException {
    try {
      long startTime =
          ProcessTable.startTime(pid)
              .orElseThrow(
                  () -> new UnavailableException("The sandbox ended while it was started"));
      return new StartedProcess(pid, startTime, handle);
    } catch (IOException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }
}
