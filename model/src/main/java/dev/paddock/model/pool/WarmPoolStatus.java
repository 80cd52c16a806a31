package dev.paddock.model.pool;

import java.util.Optional;

/**
 * A pool and how it stands.
 *
 * @param pool what is wanted
 * @param ready how many can be claimed now
 * @param errorReason why none can be made now or, if one can, why the last attempt failed; absent
 *     after a success
 */
public record WarmPoolStatus(WarmPool pool, int ready, Optional<String> errorReason) {}
