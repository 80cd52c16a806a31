package dev.paddock.engine.sandbox;

import dev.paddock.engine.host.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a new server has to know of a sandbox that an earlier one started.
 *
 * @param pid its first process on the host
 * @param startTime when that started, in clock ticks since boot
 * @param slot index of its slot
 * @param runtime name of the runtime that started it
 */
record RunRecord(long pid, long startTime, int slot, String runtime) {
  private static final String FILE = "running";
  private static final int FIELDS = 4;

  /**
   * Writes the record. It goes into memory with one call, so that the end of this process leaves
   * all of it or an empty file.
   */
  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(FILE), pid + " " + startTime + " " + slot + " " + runtime);
  }

  /** The record in a directory; empty when there is none or it was cut short. */
  static Optional<RunRecord> read(Path directory) throws IOException {
    try {
      String[] fields = Files.readString(directory.resolve(FILE)).split(" ", -1);
      if (fields.length != FIELDS) {
        return Optional.empty();
      }
      return Optional.of(
          new RunRecord(
              Long.parseLong(fields[0]),
              Long.parseLong(fields[1]),
              Integer.parseInt(fields[2]),
              fields[3]));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the very process that was recorded still exists. */
  boolean isAlive() throws IOException {
    OptionalLong now = ProcessTable.startTime(pid);
    return now.isPresent() && now.getAsLong() == startTime;
  }
}
