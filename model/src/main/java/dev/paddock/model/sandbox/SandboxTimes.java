package dev.paddock.model.sandbox;

import java.time.Instant;

/**
 * When things happened to a sandbox.
 *
 * @param createdAt its request arrived
 * @param updatedAt its record changed last
 * @param lastActivityAt it was used last, exact to about ten seconds
 */
public record SandboxTimes(Instant createdAt, Instant updatedAt, Instant lastActivityAt) {}
