package dev.paddock.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Tells how long work is going. On a terminal one line that is redrawn, otherwise a line when the
 * work starts and one when it ends.
 */
public final class Progress implements AutoCloseable {
  private final PrintStream err;
  private final boolean terminal;
  private final String task;
  private final Instant start = Instant.now();
  private boolean open = true;

  Progress(PrintStream err, boolean terminal, String task) {
    this.err = err;
    this.terminal = terminal;
    this.task = task;
    if (terminal) {
      err.print(task + " …");
      err.flush();
    } else {
      err.println(task);
    }
  }

  /** What is being done right now; shown on a terminal only. */
  public void step(String detail) {
    if (terminal) {
      // Details may be words of a sandbox, which has no business steering this terminal.
      String plain = detail.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", "?");
      String shortened = plain.length() > 60 ? plain.substring(0, 59) + "…" : plain;
      err.print("\r\u001b[K" + task + " … " + shortened);
      err.flush();
    }
  }

  /** The work is done; shows the time it took. */
  public void done(String result) {
    open = false;
    String line =
        String.format(
            Locale.ROOT, "%s (%s)", result, human(Duration.between(start, Instant.now())));
    err.println(terminal ? "\r\u001b[K" + line : line);
  }

  /** Ends the line where the work failed. */
  @Override
  public void close() {
    if (open && terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
    open = false;
  }

  private static String human(Duration time) {
    if (time.toMillis() < 1000) {
      return time.toMillis() + " ms";
    }
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
