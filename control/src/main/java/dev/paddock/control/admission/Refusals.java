package dev.paddock.control.admission;

import dev.paddock.model.Resources;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.TooManyWaitingException;
import java.time.Duration;

/** What those are told who are not let in. */
final class Refusals {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofSeconds(10);

  private Refusals() {}

  static InvalidException impossible(Resources size) {
    return new InvalidException(
        "This host can never run a sandbox of "
            + size.cpu()
            + " CPUs and "
            + size.memoryGib()
            + " GiB of memory; ask for less");
  }

  static TooManyWaitingException crowded() {
    return new TooManyWaitingException(
        "Too many sandboxes wait to be started here already; try again in " + seconds(SOON), SOON);
  }

  static HostFullException busy() {
    return new HostFullException(
        "This host is busy starting other sandboxes; try again in " + seconds(LATER), LATER);
  }

  static HostFullException full() {
    return new HostFullException(
        "This host has no room for another sandbox; stop or delete some, or try again in "
            + seconds(LATER),
        LATER);
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " seconds";
  }
}
