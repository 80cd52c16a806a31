package dev.paddock.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a runner needs to make or start a sandbox.
 *
 * @param id its identity on the runner
 * @param image reference of an image in the runner's image store
 * @param user name or id of the user whom commands run as; empty means the image's own
 * @param env variables added to the image's environment
 * @param entrypoint replaces the image's ENTRYPOINT and CMD; empty means the image's own
 * @param resources limits
 * @param runtime what starts it: {@code native}, or an OCI runtime's name; empty means the runner's
 *     default
 */
public record SandboxSpec(
    SandboxId id,
    String image,
    String user,
    Map<String, String> env,
    List<String> entrypoint,
    Resources resources,
    Optional<String> runtime) {
  public SandboxSpec {
    env = Map.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
  }
}
