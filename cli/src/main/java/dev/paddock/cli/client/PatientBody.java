package dev.paddock.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body that may take any time as long as it goes on: a read that waits longer than the
 * limit fails. Belongs to one reading thread.
 */
final class PatientBody extends FilterInputStream {
  private static final int CHECKS_PER_LIMIT = 4;

  private final Duration limit;
  private final Thread watch;
  private volatile boolean waiting;
  private volatile long since;
  private volatile boolean stalled;

  PatientBody(InputStream body, Duration limit) {
    super(body);
    this.limit = limit;
    this.watch = Thread.ofVirtual().name("body-watch").start(this::watch);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    since = System.nanoTime();
    waiting = true;
    try {
      int count = super.read(buffer, offset, length);
      if (stalled) {
        throw stalled(null);
      }
      return count;
    } catch (IOException e) {
      throw stalled ? stalled(e) : e;
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }

  private void watch() {
    try {
      while (!waiting || System.nanoTime() - since < limit.toNanos()) {
        Thread.sleep(limit.dividedBy(CHECKS_PER_LIMIT));
      }
      stalled = true;
      super.close();
    } catch (InterruptedException | IOException e) {
      // The body is closed, which is all that was wanted.
      Thread.currentThread().interrupt();
    }
  }

  private IOException stalled(@Nullable Throwable cause) {
    HttpTimeoutException failure =
        new HttpTimeoutException("no data came for " + limit.toSeconds() + " seconds");
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }
}
