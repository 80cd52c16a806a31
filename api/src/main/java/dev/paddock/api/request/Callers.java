package dev.paddock.api.request;

import dev.paddock.model.access.Caller;
import dev.paddock.web.Exchange;
import dev.paddock.web.Principal;

/** The web's principal as control knows it. */
public final class Callers {
  private Callers() {}

  /** Who sent this request. */
  public static Caller of(Exchange exchange) {
    Principal principal = exchange.principal();
    return new Caller(principal.userId(), principal.organizationId(), principal.permissions());
  }
}
