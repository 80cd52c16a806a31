package dev.paddock.engine;

import dev.paddock.engine.host.Errno;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Turns what the host answers into failures for people; the details stay in the cause. */
final class Failures {
  private static final String DISK_FULL = "No space left on device";

  private Failures() {}

  /** Work that the host may refuse. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Work that the host may refuse and that has no result. */
  interface Action {
    void run() throws IOException;
  }

  static <T> T translate(String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw of(what, e);
    }
  }

  static void translate(String what, Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw of(what, e);
    }
  }

  private static PaddockException of(String what, IOException e) {
    if (isDiskFull(e)) {
      return new OutOfSpaceException(what + ": the host's disk is full; free some space", e);
    }
    String reason = e instanceof ErrnoException ? ": " + e.getMessage() : "";
    return new UnavailableException(what + reason + "; the server's log tells more", e);
  }

  private static boolean isDiskFull(IOException e) {
    return (e instanceof ErrnoException call && call.errno() == Errno.ENOSPC)
        || (e instanceof FileSystemException file && DISK_FULL.equals(file.getReason()))
        || DISK_FULL.equals(e.getMessage());
  }
}
