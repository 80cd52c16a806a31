package dev.paddock.engine.host;

import java.io.IOException;

/** A system call failed. The message names the call and the error number, never a path. */
public final class ErrnoException extends IOException {
  private final int errno;

  public ErrnoException(String call, int errno) {
    super(call + " failed: errno " + errno + Errno.meaning(errno));
    this.errno = errno;
  }

  /** The error number, as in {@code errno(3)}. */
  public int errno() {
    return errno;
  }
}
