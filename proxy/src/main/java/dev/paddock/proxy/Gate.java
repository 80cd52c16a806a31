package dev.paddock.proxy;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Decides who may open a sandbox's port. */
final class Gate {
  /** Terminal, toolbox and recordings: never open to the public. */
  private static final Set<Integer> ALWAYS_PRIVATE = Set.of(22_222, 2_280, 33_333);

  private final CachedDirectory directory;

  Gate(CachedDirectory directory) {
    this.directory = directory;
  }

  /** How the credentials open the port, or empty when they do not. */
  Future<Optional<Access>> open(PreviewTarget target, int port, Credentials credentials) {
    if (credentials.bearer().isEmpty()) {
      return Future.succeededFuture(judge(target, port, credentials, false));
    }
    return directory
        .mayAccess(credentials.bearer().get(), target.sandboxId())
        .map(accepted -> judge(target, port, credentials, accepted))
        .recover(failure -> {
          Optional<Access> access = judge(target, port, credentials, false);
          return access.isPresent() ? Future.succeededFuture(access) : Future.failedFuture(failure);
        });
  }

  private static Optional<Access> judge(
      PreviewTarget target, int port, Credentials credentials, boolean bearerAccepted) {
    return way(target, port, credentials, bearerAccepted)
        .map(way -> new Access(way, bearerAccepted));
  }

  private static Optional<Access.Way> way(
      PreviewTarget target, int port, Credentials credentials, boolean bearerAccepted) {
    if (target.isPublic() && !ALWAYS_PRIVATE.contains(port)) {
      return Optional.of(Access.Way.PUBLIC);
    }
    if (bearerAccepted) {
      return Optional.of(Access.Way.BEARER);
    }
    if (matches(target, credentials.header())) {
      return Optional.of(Access.Way.HEADER);
    }
    if (matches(target, credentials.key())) {
      return Optional.of(Access.Way.QUERY);
    }
    return matches(target, credentials.cookie())
        ? Optional.of(Access.Way.COOKIE)
        : Optional.empty();
  }

  private static boolean matches(PreviewTarget target, Optional<String> offered) {
    return !target.previewToken().isEmpty()
        && offered.isPresent()
        && MessageDigest.isEqual(
            target.previewToken().getBytes(StandardCharsets.UTF_8),
            offered.get().getBytes(StandardCharsets.UTF_8));
  }
}
