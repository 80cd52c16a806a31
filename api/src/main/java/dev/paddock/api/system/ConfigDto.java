package dev.paddock.api.system;

import java.util.Map;

/** What clients ask a server before they use it. {@code maintananceMode} is the contract's word. */
public record ConfigDto(
    String version,
    OidcDto oidc,
    boolean linkedAccountsEnabled,
    Map<String, Object> announcements,
    String proxyTemplateUrl,
    String proxyToolboxUrl,
    String defaultSnapshot,
    String dashboardUrl,
    int maxAutoArchiveInterval,
    boolean maintananceMode,
    String environment) {
  /** Login by OIDC; empty where there is none. */
  public record OidcDto(String issuer, String clientId, String audience, String provider) {
    static final OidcDto NONE = new OidcDto("", "", "", "");
  }
}
