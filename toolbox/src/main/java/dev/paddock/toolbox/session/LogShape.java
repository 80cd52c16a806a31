package dev.paddock.toolbox.session;

import dev.paddock.web.ClientVersion;
import java.util.Optional;

/**
 * How a client wants a session's log, which depends on its version alone. All version gating of
 * logs is here.
 *
 * <p>A log is one stream of bytes in the order of writing. Clients from 0.27 on expect a marker
 * before each chunk that says which stream it belongs to; from 0.167 on a plain request gets the
 * streams apart as JSON.
 */
enum LogShape {
  /** Both streams in one, without markers. */
  COMBINED,
  /** Both streams in one, with markers. */
  MARKED,
  /** With markers, and once more each stream by itself. */
  SEPARATE;

  /** The shape of a plain answer; {@code marked} asks for markers whatever the version. */
  static LogShape ofAnswer(Optional<ClientVersion> client, boolean marked) {
    if (isSince(client, 0, 167)) {
      return SEPARATE;
    }
    return marked || isSince(client, 0, 27) ? MARKED : COMBINED;
  }

  /**
   * The shape of a followed log. A WebSocket that names no version gets markers: the clients that
   * knew none never opened one, while the Java client splits at markers and sends no version.
   */
  static LogShape ofStream(Optional<ClientVersion> client, boolean marked, boolean webSocket) {
    boolean unversionedSocket = webSocket && client.isEmpty();
    return marked || unversionedSocket || isSince(client, 0, 27) ? MARKED : COMBINED;
  }

  private static boolean isSince(Optional<ClientVersion> client, int major, int minor) {
    return client.filter(version -> !version.isBefore(major, minor)).isPresent();
  }
}
