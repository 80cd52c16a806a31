package dev.paddock.proxy;

/**
 * Whether a page belongs to the sandbox that is asked for. Previews of all sandboxes share a
 * domain, so browsers count them as one site and would send one sandbox's cookie along when
 * another's page asks.
 */
final class SameSandbox {
  private SameSandbox() {}

  /**
   * @param page origin or address of the page
   * @param host the host asked for
   */
  static boolean test(String page, String host) {
    int scheme = page.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    String asking = PreviewHost.hostOnly(authority(page, scheme + 3));
    String asked = PreviewHost.hostOnly(host);
    return asking.equals(asked) || sandboxAndDomain(asking).equals(sandboxAndDomain(asked));
  }

  private static String authority(String page, int begin) {
    int end = begin;
    while (end < page.length() && "/?#".indexOf(page.charAt(end)) < 0) {
      end++;
    }
    return page.substring(begin, end);
  }

  /** The host without its port number, which is all that may differ. */
  private static String sandboxAndDomain(String host) {
    int dash = host.indexOf('-');
    boolean numbered = dash > 0 && host.substring(0, dash).chars().allMatch(Character::isDigit);
    return numbered ? host.substring(dash) : host;
  }
}
