package dev.paddock.control.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of one build at work: lines go to a file, and readers wait for more of them. */
final class BuildLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuildLog.class);
  private static final long MAX_BYTES = 16L << 20;
  private static final String CUT = "[the log is cut here: it is longer than 16 MiB]\n";

  private final Path file;
  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long written;
  private boolean full;
  private boolean ended;

  BuildLog(Path file) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file);
  }

  /** Adds a line. A full disk costs the log, not the build. */
  void line(String text) {
    lock.lock();
    try {
      if (!full && !ended) {
        full = written + text.length() > MAX_BYTES;
        byte[] bytes = (full ? CUT : text + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        written += bytes.length;
        changed.signalAll();
      }
    } catch (IOException e) {
      LOG.warn("A build's log cannot be written and ends here", e);
      full = true;
    } finally {
      lock.unlock();
    }
  }

  /** All that there is and will be. */
  InputStream follow() throws IOException {
    return new Following(Files.newInputStream(file));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
      out.close();
    } catch (IOException e) {
      LOG.warn("A build's log could not be closed", e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is more than a reader has seen; false when there will be no more. */
  private boolean awaitMore(long seen) throws IOException {
    lock.lock();
    try {
      while (written <= seen && !ended) {
        changed.await();
      }
      return written > seen;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while following a build");
    } finally {
      lock.unlock();
    }
  }

  private final class Following extends InputStream {
    private final InputStream in;
    private long seen;

    Following(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (!awaitMore(seen)) {
        return -1;
      }
      int count = in.read(buffer, offset, length);
      seen += Math.max(count, 0);
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
