package dev.paddock.model;

import java.time.Instant;

/**
 * A place that runs sandboxes.
 *
 * @param id what clients call the target
 * @param name for people
 * @param createdAt time of creation
 * @param updatedAt time of the last change
 */
public record Region(String id, String name, Instant createdAt, Instant updatedAt) {}
