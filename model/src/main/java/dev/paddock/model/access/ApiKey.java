package dev.paddock.model.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An API key as it may be shown after its creation: never its value.
 *
 * @param name unique per user and organisation
 * @param maskedValue the first and the last characters of the value, the rest as asterisks
 * @param userId its owner
 * @param organizationId the organisation in which it acts
 * @param permissions words of {@link Permission}
 * @param createdAt time of creation
 * @param lastUsedAt last authentication, exact to about ten seconds
 * @param expiresAt from when on it is refused; empty means never
 */
public record ApiKey(
    String name,
    String maskedValue,
    String userId,
    String organizationId,
    Set<String> permissions,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> expiresAt) {
  public ApiKey {
    permissions = Set.copyOf(permissions);
  }
}
