package dev.paddock.model.pool;

import java.util.Optional;

/**
 * A pool and how it stands.
 *
 * @param pool what is wanted
 * @param ready how many can be claimed now
 * @param errorReason why the last attempt to make one failed; absent after a success
 */
public record WarmPoolStatus(WarmPool pool, int ready, Optional<String> errorReason) {}
