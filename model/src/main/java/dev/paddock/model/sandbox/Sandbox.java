package dev.paddock.model.sandbox;

import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox, whole.
 *
 * @param id its identity
 * @param organizationId whose it is
 * @param name unique in the organisation among those not being deleted; its id unless chosen
 * @param region id of the region it runs in
 * @param origin what it is made from
 * @param user name or id that commands run as; empty means the image's own
 * @param env variables given at creation; may hold secrets
 * @param labels free words to find it by
 * @param resources limits
 * @param runtime name of the runtime that starts it, each time
 * @param isPublic whether previews need no credentials
 * @param network what it may reach
 * @param intervals when it is put away
 * @param status what it is and should be
 * @param times when things happened to it
 */
public record Sandbox(
    SandboxId id,
    String organizationId,
    String name,
    String region,
    SandboxOrigin origin,
    String user,
    Map<String, String> env,
    Map<String, String> labels,
    Resources resources,
    String runtime,
    boolean isPublic,
    NetworkSettings network,
    AutoIntervals intervals,
    SandboxStatus status,
    SandboxTimes times) {

  /** The user that clients are shown for sandboxes which keep their image's own. */
  private static final String USUAL_USER = "daytona";

  public Sandbox {
    env = Map.copyOf(env);
    labels = Map.copyOf(labels);
  }

  /** Whether its creator chose its name. */
  public boolean hasOwnName() {
    return !name.equals(id.value());
  }

  /** The user as clients are shown it; never empty. */
  public String shownUser() {
    return user.isEmpty() ? USUAL_USER : user;
  }

  /** What a runner needs to make or start it. */
  public SandboxSpec spec() {
    return new SandboxSpec(
        id, origin.image(), user, env, origin.entrypoint(), resources, Optional.of(runtime));
  }

  /** The same sandbox under another id, and by that name if it has none of its own. */
  public Sandbox withId(SandboxId other) {
    return new Sandbox(
        other,
        organizationId,
        hasOwnName() ? name : other.value(),
        region,
        origin,
        user,
        env,
        labels,
        resources,
        runtime,
        isPublic,
        network,
        intervals,
        status,
        times);
  }

  /** The same sandbox in another status. */
  public Sandbox withStatus(SandboxStatus changed) {
    return new Sandbox(
        id,
        organizationId,
        name,
        region,
        origin,
        user,
        env,
        labels,
        resources,
        runtime,
        isPublic,
        network,
        intervals,
        changed,
        times);
  }

  /** Leaves the environment out, which may hold secrets. */
  @Override
  public String toString() {
    return "Sandbox[" + id + " " + name + " " + status + "]";
  }
}
