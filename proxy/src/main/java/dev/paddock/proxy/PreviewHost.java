package dev.paddock.proxy;

import java.util.Locale;

/** What a request's host name asks for. */
sealed interface PreviewHost {
  /** The proxy itself: health and the toolbox by path. */
  record Base() implements PreviewHost {}

  /** {@code {port}-{sandboxId}.{domain}} with a port that exists. */
  record Port(int port, String sandboxId) implements PreviewHost {}

  /** The form of a preview host with a number that is no TCP port. */
  record NoSuchPort(String number) implements PreviewHost {}

  /**
   * Reads a host name. Any domain will do, so that previews work behind names that the operator's
   * own reverse proxy invents; only the configured domain itself is always the base.
   *
   * @param authority the request's host, with or without a port
   * @param domain the configured domain, lower case, with or without a port
   */
  static PreviewHost parse(String authority, String domain) {
    String host = hostOnly(authority);
    if (host.equals(hostOnly(domain))) {
      return new Base();
    }
    int dot = host.indexOf('.');
    String label = dot < 0 ? host : host.substring(0, dot);
    int dash = label.indexOf('-');
    if (dash < 1 || dash == label.length() - 1 || !digitsOnly(label, dash)) {
      return new Base();
    }
    String number = label.substring(0, dash);
    int port = number.length() > 5 ? 0 : Integer.parseInt(number);
    return port < 1 || port > 65_535
        ? new NoSuchPort(number)
        : new Port(port, label.substring(dash + 1));
  }

  /** The authority without its port and without a trailing dot, in lower case. */
  static String hostOnly(String authority) {
    int colon = authority.lastIndexOf(':');
    String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return host.toLowerCase(Locale.ROOT);
  }

  private static boolean digitsOnly(String text, int length) {
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
