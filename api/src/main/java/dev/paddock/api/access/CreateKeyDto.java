package dev.paddock.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The request for an API key. */
public record CreateKeyDto(String name, List<String> permissions, Optional<Instant> expiresAt) {}
