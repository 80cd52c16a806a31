package dev.paddock.api.pool;

import dev.paddock.model.pool.WarmPool;
import dev.paddock.model.pool.WarmPoolStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A warm pool.
 *
 * @param snapshot name of the snapshot
 * @param target id of the region
 * @param pool how many sandboxes are to be ready
 * @param currentSize how many are
 * @param mem GiB of memory
 * @param osUser whom commands run as unless a create says otherwise
 * @param env always empty: a create's own environment is set when it takes its sandbox
 * @param errorReason why none can be made now, or why the last attempt failed
 */
public record WarmPoolDto(
    String id,
    String organizationId,
    String snapshot,
    String target,
    int pool,
    int currentSize,
    int cpu,
    int mem,
    int disk,
    String osUser,
    Map<String, String> env,
    @Nullable String errorReason,
    Instant createdAt,
    Instant updatedAt) {
  private static final String USUAL_USER = "daytona";

  static WarmPoolDto from(WarmPoolStatus status) {
    WarmPool pool = status.pool();
    return new WarmPoolDto(
        pool.id(),
        pool.organizationId(),
        pool.snapshot(),
        pool.region(),
        pool.size(),
        status.ready(),
        pool.resources().cpu(),
        pool.resources().memoryGib(),
        pool.resources().diskGib(),
        USUAL_USER,
        Map.of(),
        status.errorReason().orElse(null),
        pool.createdAt(),
        pool.updatedAt());
  }
}
