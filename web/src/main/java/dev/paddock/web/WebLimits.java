package dev.paddock.web;

import java.time.Duration;

/**
 * What one client may use.
 *
 * @param maxJsonBytes longest JSON body; a longer one is answered with 413
 * @param maxTargetBytes longest request line; a longer one is answered with 414
 * @param maxHeaderBytes most bytes of all headers together
 * @param maxMessageBytes longest WebSocket message; a longer one closes with 1009
 * @param idle how long a connection may be silent between requests, in the middle of a request, or
 *     as a WebSocket without answering pings
 * @param stopGrace how long running requests may go on when the server stops
 */
public record WebLimits(
    int maxJsonBytes,
    int maxTargetBytes,
    int maxHeaderBytes,
    int maxMessageBytes,
    Duration idle,
    Duration stopGrace) {
  /** Room for every call of the official clients, and no more than a mistake can hurt. */
  public static WebLimits defaults() {
    return new WebLimits(
        1 << 20, 16 << 10, 32 << 10, 4 << 20, Duration.ofSeconds(90), Duration.ofSeconds(2));
  }
}
