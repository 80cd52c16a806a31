package dev.paddock.api.access;

import dev.paddock.model.access.ApiKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is shown after its creation.
 *
 * @param value masked
 */
public record ApiKeyDto(
    String name,
    String value,
    Instant createdAt,
    List<String> permissions,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiresAt,
    String userId) {
  static ApiKeyDto from(ApiKey key) {
    return new ApiKeyDto(
        key.name(),
        key.maskedValue(),
        key.createdAt(),
        key.permissions().stream().sorted().toList(),
        key.lastUsedAt().orElse(null),
        key.expiresAt().orElse(null),
        key.userId());
  }
}
