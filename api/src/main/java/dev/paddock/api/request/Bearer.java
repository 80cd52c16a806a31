package dev.paddock.api.request;

import dev.paddock.control.access.ApiKeys;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.UnauthorizedException;
import dev.paddock.web.Authenticator;
import dev.paddock.web.Exchange;
import dev.paddock.web.Principal;

/** Lets in who sends an API key as {@code Authorization: Bearer}. */
public final class Bearer implements Authenticator {
  private static final String SCHEME = "Bearer ";

  private final ApiKeys keys;

  /** Accepts these keys. */
  public Bearer(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * The token of a request.
   *
   * @throws UnauthorizedException when it has none
   */
  public static String token(Exchange exchange) {
    return exchange
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip())
        .orElseThrow(() -> new UnauthorizedException("Invalid credentials"));
  }

  @Override
  public Principal authenticate(Exchange exchange) {
    Caller caller = keys.authenticate(token(exchange));
    return new Principal(caller.userId(), caller.organizationId(), caller.permissions());
  }
}
