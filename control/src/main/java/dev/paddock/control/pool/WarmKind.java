package dev.paddock.control.pool;

import dev.paddock.model.Resources;
import dev.paddock.model.pool.WarmPool;
import dev.paddock.model.sandbox.Sandbox;

/**
 * What a warm sandbox can become. Everything else about a sandbox is told to it when it is claimed.
 *
 * @param organizationId whose it becomes
 * @param image what it was made from
 * @param resources its sizes
 * @param runtime what started it
 * @param region where it runs
 */
record WarmKind(
    String organizationId, String image, Resources resources, String runtime, String region) {
  /** What the sandbox needs. */
  static WarmKind of(Sandbox sandbox) {
    return new WarmKind(
        sandbox.organizationId(),
        sandbox.origin().image(),
        sandbox.resources(),
        sandbox.runtime(),
        sandbox.region());
  }

  /** What the pool has. */
  static WarmKind of(WarmPool pool) {
    return new WarmKind(
        pool.organizationId(), pool.image(), pool.resources(), pool.runtime(), pool.region());
  }
}
