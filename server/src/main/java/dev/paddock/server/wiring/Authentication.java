package dev.paddock.server.wiring;

import dev.paddock.control.access.ApiKeys;
import dev.paddock.control.sandbox.Sandboxes;
import dev.paddock.model.SandboxId;
import dev.paddock.model.access.Caller;
import dev.paddock.model.access.Permission;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.UnauthorizedException;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.toolbox.file.SignedUrl;
import dev.paddock.web.Exchange;
import dev.paddock.web.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Who sends a request: the ways that the API and the toolbox accept. */
public final class Authentication {
  private static final String SCHEME = "Bearer ";
  private static final String PREVIEW_TOKEN_HEADER = "X-Daytona-Preview-Token";
  private static final String AUTH_KEY_QUERY = "DAYTONA_SANDBOX_AUTH_KEY";

  /** Set by the preview proxy, which takes it off what clients send: sandbox id, colon, token. */
  private static final String PROXY_HEADER = "X-Paddock-Preview-Access";

  private final ApiKeys apiKeys;
  private final Sandboxes sandboxes;
  private final Clock clock;

  public Authentication(ApiKeys apiKeys, Sandboxes sandboxes, Clock clock) {
    this.apiKeys = apiKeys;
    this.sandboxes = sandboxes;
    this.clock = clock;
  }

  /** The owner of the API key in {@code Authorization: Bearer}. */
  public Principal byKey(Exchange exchange) {
    String token = bearer(exchange).orElseThrow(Authentication::invalid);
    Caller caller = apiKeys.authenticate(token);
    return new Principal(caller.userId(), caller.organizationId(), caller.permissions());
  }

  /**
   * The owner of an API key, or whoever holds the preview token of the very sandbox that the
   * request is for: clients that cannot set headers on WebSockets send it in the query.
   */
  public Principal byKeyOrPreviewToken(Exchange exchange) {
    String id = exchange.pathParam("sandboxId");
    Optional<String> token = previewToken(exchange, id);
    if (token.isEmpty()) {
      return allowedToWrite(byKey(exchange));
    }
    return access(id)
        .filter(access -> same(access.previewToken(), token.get()))
        .map(Authentication::holder)
        .orElseThrow(Authentication::invalid);
  }

  /**
   * The same, or whoever holds a URL that was signed for this very file. A signature that is there
   * and does not hold is refused, whatever else the request carries.
   */
  public Principal byKeyTokenOrSignature(Exchange exchange) {
    Optional<SignedUrl> url = SignedUrl.of(exchange);
    return url.isPresent() ? bySignature(exchange, url.get()) : byKeyOrPreviewToken(exchange);
  }

  private Principal bySignature(Exchange exchange, SignedUrl url) {
    SandboxAccess access = access(exchange.pathParam("sandboxId")).orElseThrow(SignedUrl::wrong);
    url.verify(sandboxes.signingKey(access.id()).orElseThrow(SignedUrl::wrong), clock.instant());
    return new Principal("signed-url:" + access.id(), access.organizationId(), Set.of());
  }

  /** Whoever runs commands in a sandbox may do anything to it. */
  private static Principal allowedToWrite(Principal principal) {
    if (!principal.permissions().contains(Permission.WRITE_SANDBOXES.text())) {
      throw new ForbiddenException(
          "Access denied: this API key lacks the permission " + Permission.WRITE_SANDBOXES.text());
    }
    return principal;
  }

  private static Optional<String> previewToken(Exchange exchange, String sandboxId) {
    Optional<String> fromProxy =
        exchange
            .header(PROXY_HEADER)
            .filter(value -> value.startsWith(sandboxId + ":"))
            .map(value -> value.substring(sandboxId.length() + 1));
    if (fromProxy.isPresent() || bearer(exchange).isPresent()) {
      return fromProxy;
    }
    return exchange.header(PREVIEW_TOKEN_HEADER).or(() -> exchange.query(AUTH_KEY_QUERY));
  }

  private Optional<SandboxAccess> access(String id) {
    return Optional.of(id)
        .filter(SandboxId::isValid)
        .flatMap(valid -> sandboxes.access(new SandboxId(valid)));
  }

  private static Principal holder(SandboxAccess access) {
    return new Principal("preview:" + access.id(), access.organizationId(), Set.of());
  }

  private static Optional<String> bearer(Exchange exchange) {
    return exchange
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static UnauthorizedException invalid() {
    return new UnauthorizedException("Invalid credentials");
  }
}
