package dev.paddock.api.pool;

/**
 * The change of a warm pool.
 *
 * @param pool how many sandboxes are to be ready; 0 drains it
 */
public record UpdateWarmPoolDto(Integer pool) {}
