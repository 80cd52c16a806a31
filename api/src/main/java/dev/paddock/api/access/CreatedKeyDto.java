package dev.paddock.api.access;

import dev.paddock.model.access.CreatedKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new API key.
 *
 * @param value the secret, shown this once
 */
public record CreatedKeyDto(
    String name,
    String value,
    Instant createdAt,
    List<String> permissions,
    @Nullable Instant expiresAt) {
  static CreatedKeyDto from(CreatedKey created) {
    return new CreatedKeyDto(
        created.key().name(),
        created.value(),
        created.key().createdAt(),
        created.key().permissions().stream().sorted().toList(),
        created.key().expiresAt().orElse(null));
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "CreatedKeyDto[" + name + "]";
  }
}
