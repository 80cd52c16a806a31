package dev.paddock.toolbox.process;

import dev.paddock.model.failure.OutOfSpaceException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room on the host's disk for output on its way to clients. Each sandbox has a share, so that
 * none can fill the disk with it or take the room of the others. Thread-safe.
 */
final class SpoolSpace {
  private final Path directory;
  private final long perSandbox;
  private final long total;
  private final Map<String, Long> shares = new ConcurrentHashMap<>();
  private final AtomicLong used = new AtomicLong();

  /**
   * @param directory an existing directory of the server's own
   * @param perSandbox most bytes of all commands' output of a sandbox at one time
   * @param total most bytes of all commands' output at one time
   */
  SpoolSpace(Path directory, long perSandbox, long total) {
    this.directory = directory;
    this.perSandbox = perSandbox;
    this.total = total;
  }

  Path directory() {
    return directory;
  }

  /** Takes room for more bytes of the output of a sandbox's command. */
  void reserve(String sandboxId, long more) {
    boolean fits = used.addAndGet(more) <= total;
    boolean isWithinShare = shares.merge(sandboxId, more, Long::sum) <= perSandbox;
    if (!isWithinShare) {
      release(sandboxId, more);
      throw new OutOfSpaceException(
          "the sandbox's commands have more than "
              + perSandbox
              + " bytes on their way to clients and this one was ended; redirect its output to a"
              + " file and download that");
    }
    if (!fits) {
      release(sandboxId, more);
      throw new OutOfSpaceException(
          "too much command output is on its way to clients and the command was ended;"
              + " redirect its output to a file and download that");
    }
  }

  void release(String sandboxId, long size) {
    shares.computeIfPresent(sandboxId, (_, share) -> share == size ? null : share - size);
    used.addAndGet(-size);
  }
}
