package dev.paddock.web;

/** Tells who sent a request. Called before the handler, on its thread; may block. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Who sent the request.
   *
   * @throws dev.paddock.model.failure.UnauthorizedException if the request has no valid credentials
   */
  Principal authenticate(Exchange exchange);
}
