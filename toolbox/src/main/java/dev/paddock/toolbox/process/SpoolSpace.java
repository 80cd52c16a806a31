package dev.paddock.toolbox.process;

import dev.paddock.model.failure.OutOfSpaceException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room on the host's disk for output on its way to clients, shared by all sandboxes so that
 * none can fill the disk with it.
 */
final class SpoolSpace {
  private final Path directory;
  private final long perCommand;
  private final long total;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param directory an existing directory of the server's own
   * @param perCommand most bytes of one command's output
   * @param total most bytes of all commands' output at one time
   */
  SpoolSpace(Path directory, long perCommand, long total) {
    this.directory = directory;
    this.perCommand = perCommand;
    this.total = total;
  }

  Path directory() {
    return directory;
  }

  /** Takes room for {@code more} bytes of an output that has {@code soFar}. */
  void reserve(long soFar, long more) {
    if (soFar + more > perCommand) {
      throw new OutOfSpaceException(
          "the command wrote more than "
              + perCommand
              + " bytes and was ended; redirect its output to a file and download that");
    }
    if (used.addAndGet(more) > total) {
      used.addAndGet(-more);
      throw new OutOfSpaceException(
          "too much command output is on its way to clients and the command was ended;"
              + " redirect its output to a file and download that");
    }
  }

  void release(long size) {
    used.addAndGet(-size);
  }
}
