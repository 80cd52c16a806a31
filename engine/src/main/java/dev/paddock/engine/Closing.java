package dev.paddock.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things to close, the last opened first; what fails to close does not keep the rest open. */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> things = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  /** Closes everything on behalf of a failure, which keeps the failures to close. */
  void closeAfter(Exception failure) {
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    IllegalStateException failures = new IllegalStateException("The engine did not close cleanly");
    closeAfter(failures);
    if (failures.getSuppressed().length > 0) {
      LOG.warn("Parts of the host were left open", failures);
    }
  }
}
