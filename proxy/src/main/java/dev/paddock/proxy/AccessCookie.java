package dev.paddock.proxy;

import java.util.List;
import java.util.Optional;

/** The cookie that keeps a browser's access to one sandbox: its value is the preview token. */
final class AccessCookie {
  /** Name of all such cookies up to the sandbox's id. */
  static final String PREFIX = "daytona-sandbox-auth-";

  private static final long SECONDS = 3_600;

  private AccessCookie() {}

  /** The value for one sandbox among a request's Cookie headers. */
  static Optional<String> find(List<String> cookieHeaders, String sandboxId) {
    for (String header : cookieHeaders) {
      if (header.contains(PREFIX)) {
        String wanted = PREFIX + sandboxId + "=";
        for (String pair : header.split(";", -1)) {
          if (pair.strip().startsWith(wanted)) {
            return Optional.of(pair.strip().substring(wanted.length()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A Cookie header without any sandbox's access cookie; empty when nothing else was in it. */
  static Optional<String> without(String cookieHeader) {
    if (!cookieHeader.contains(PREFIX)) {
      return Optional.of(cookieHeader);
    }
    StringBuilder kept = new StringBuilder();
    for (String pair : cookieHeader.split(";", -1)) {
      if (!pair.strip().startsWith(PREFIX)) {
        kept.append(kept.isEmpty() ? "" : "; ").append(pair.strip());
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.toString());
  }

  /**
   * The Set-Cookie value. It holds for all ports of the sandbox where the host is below the
   * configured domain, and is never sent along with another site's requests.
   */
  static String issue(PreviewTarget target, String requestHost, ProxyConfig config) {
    String domain = PreviewHost.hostOnly(config.domain());
    boolean below = PreviewHost.hostOnly(requestHost).endsWith("." + domain);
    return PREFIX
        + target.sandboxId()
        + "="
        + target.previewToken()
        + "; Path=/; Max-Age="
        + SECONDS
        + (below && domain.indexOf('.') > 0 ? "; Domain=" + domain : "")
        + "; HttpOnly; SameSite=Lax"
        + (config.secure() ? "; Secure" : "");
  }
}
