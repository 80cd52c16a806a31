package dev.paddock.proxy;

import java.net.URI;
import java.util.Locale;

/**
 * Settings of the preview proxy.
 *
 * @param host address to listen on, for example {@code 0.0.0.0}
 * @param port TCP port to listen on, 0 for any free one
 * @param domain public domain below which previews live, with its port when that is not the
 *     protocol's own, for example {@code proxy.localhost:4000}
 * @param protocol what browsers speak, {@code http} or {@code https}; {@code https} means that
 *     something in front of the proxy ends TLS
 * @param toolboxOrigin origin of the API server that answers {@code /toolbox/{sandboxId}/…}
 * @param version what {@code /health} reports
 */
public record ProxyConfig(
    String host, int port, String domain, String protocol, URI toolboxOrigin, String version) {
  public ProxyConfig {
    domain = domain.toLowerCase(Locale.ROOT);
    protocol = protocol.toLowerCase(Locale.ROOT);
    if (!protocol.equals("http") && !protocol.equals("https")) {
      throw new IllegalArgumentException("The proxy's protocol is http or https");
    }
    if (toolboxOrigin.getHost() == null) {
      throw new IllegalArgumentException("The toolbox origin needs a host");
    }
  }

  boolean secure() {
    return protocol.equals("https");
  }
}
