package dev.paddock.proxy;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request that a page made comes from the same sandbox. Previews of all sandboxes share a
 * domain, so browsers count them as one site and would send one sandbox's cookie along when
 * another's page asks.
 */
final class SameSandbox {
  private SameSandbox() {}

  /**
   * @param origin the Origin header; absent when no page's script asks
   * @param host the host asked for
   */
  static boolean test(@Nullable String origin, String host) {
    if (origin == null) {
      return true;
    }
    int scheme = origin.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    String asking = PreviewHost.hostOnly(origin.substring(scheme + 3));
    String asked = PreviewHost.hostOnly(host);
    return asking.equals(asked) || sandboxAndDomain(asking).equals(sandboxAndDomain(asked));
  }

  /** The host without its port number, which is all that may differ. */
  private static String sandboxAndDomain(String host) {
    int dash = host.indexOf('-');
    boolean numbered = dash > 0 && host.substring(0, dash).chars().allMatch(Character::isDigit);
    return numbered ? host.substring(dash) : host;
  }
}
