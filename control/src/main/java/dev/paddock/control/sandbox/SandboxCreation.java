package dev.paddock.control.sandbox;

import dev.paddock.control.image.ImageSource;
import dev.paddock.control.secret.Tokens;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.access.Caller;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxState;
import java.util.List;

/** Makes new sandboxes: at once when the image is there, else with its image first. */
final class SandboxCreation {
  /** 128 random bits, which no one guesses, and short enough for a host name's label. */
  private static final int TOKEN_BYTES = 16;

  private static final List<SandboxState> CREATING = List.of(SandboxState.CREATING);

  private final SandboxRequests requests;
  private final SandboxStore store;
  private final ImageSource images;
  private final SandboxLauncher launcher;
  private final SandboxBuilds builds;
  private final Operations operations;

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
   */
  Sandbox create(Caller caller, CreateSandbox request) {
    SandboxRequests.Draft draft = requests.draft(caller, request);
    String token = Tokens.random(TOKEN_BYTES);
    if (draft.plan().isPresent() && images.find(draft.plan().get()).isEmpty()) {
      return builds.create(draft.sandbox(), token, draft.plan().get());
    }
    Sandbox sandbox = draft.sandbox();
    try (var _ = operations.begin(sandbox.id())) {
      store.insert(sandbox, token);
      try {
        return launcher.launch(sandbox, CREATING);
      } catch (RuntimeException e) {
        launcher.undo(sandbox.id(), CREATING);
        throw e;
      }
    }
  }
}
