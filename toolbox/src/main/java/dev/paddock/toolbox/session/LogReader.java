package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.engine.agent.RecordedOutput;
import dev.paddock.model.failure.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its beginning. A connection to the agent that breaks is made anew at the offset
 * that was reached, so that the reader sees neither a gap nor a repetition.
 *
 * <p>One thread reads; any thread may {@link #close()}, which ends a waiting {@link #next()} with
 * {@link UnavailableException}.
 */
final class LogReader implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final CommandLog log;
  private final boolean follow;
  private volatile @Nullable RecordedOutput output;
  private volatile boolean closed;
  private long offset;

  LogReader(CommandLog log, boolean follow) {
    this.log = log;
    this.follow = follow;
    this.output = log.open(0, follow);
  }

  /** The next chunk, or the end as the last event. Blocks. */
  OutputEvent next() {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        OutputEvent event = current().next();
        offset += LogEncoder.stdout(event).length + LogEncoder.stderr(event).length;
        return event;
      } catch (UnavailableException broken) {
        if (closed || attempt == ATTEMPTS) {
          throw broken;
        }
        closeOutput();
        rest(pause, broken);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private RecordedOutput current() {
    RecordedOutput current = output;
    if (current == null) {
      current = log.open(offset, follow);
      output = current;
      if (closed) {
        current.close();
      }
    }
    return current;
  }

  private static void rest(Duration pause, UnavailableException broken) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw broken;
    }
  }

  private void closeOutput() {
    RecordedOutput current = output;
    output = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    RecordedOutput current = output;
    if (current != null) {
      current.close();
    }
  }
}
