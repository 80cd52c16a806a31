package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Presence;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.secret.Tokens;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.access.Caller;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.Sandbox;

/** Makes new sandboxes: at once when the image is there, else with its image first. */
final class SandboxCreation {
  /** 128 random bits, which no one guesses, and short enough for a host name's label. */
  private static final int TOKEN_BYTES = 16;

  private final SandboxRequests requests;
  private final SandboxStore store;
  private final ImageSource images;
  private final SandboxLauncher launcher;
  private final SandboxBuilds builds;
  private final Operations operations;
  private final NamesInTheMaking names = new NamesInTheMaking();

  SandboxCreation(
      SandboxRequests requests,
      SandboxStore store,
      ImageSource images,
      SandboxLauncher launcher,
      SandboxBuilds builds,
      Operations operations) {
    this.requests = requests;
    this.store = store;
    this.images = images;
    this.launcher = launcher;
    this.builds = builds;
    this.operations = operations;
  }

  /**
   * Makes what is asked for. When that fails, no row and nothing on the host is left.
   *
   * <p>The preview token stays the same for the sandbox's life: links that people were given keep
   * working after a stop and a start. Who must lose access is kept out by deleting the sandbox.
   *
   * @param presence whether its caller still waits
   */
  Sandbox create(Caller caller, CreateSandbox request, Presence presence) {
    SandboxRequests.Draft draft = requests.draft(caller, request);
    String token = Tokens.random(TOKEN_BYTES);
    if (draft.plan().isPresent() && images.find(draft.plan().get()).isEmpty()) {
      return builds.create(draft.sandbox(), token, draft.plan().get());
    }
    return launch(draft.sandbox(), token, presence);
  }

  /**
   * The record is written last. Whether the name is free is looked up first all the same, so that
   * only a race between two servers starts a sandbox in vain.
   */
  private Sandbox launch(Sandbox sandbox, String token, Presence presence) {
    try (var _ = names.reserve(sandbox);
        var _ = operations.begin(sandbox.id())) {
      if (sandbox.hasOwnName() && store.isNameTaken(sandbox.organizationId(), sandbox.name())) {
        throw NamesInTheMaking.taken(sandbox);
      }
      return launcher.launch(sandbox, token, presence);
    }
  }
}
