package dev.paddock.api.pool;

import java.util.Optional;

/**
 * The request for a warm pool.
 *
 * @param snapshot id or name
 * @param pool how many sandboxes are to be ready
 * @param target id of the region
 */
public record CreateWarmPoolDto(String snapshot, Integer pool, Optional<String> target) {}
