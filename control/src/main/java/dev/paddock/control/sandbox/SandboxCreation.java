package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Presence;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.pool.WarmStock;
import dev.paddock.control.secret.Tokens;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.Sandbox;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes new sandboxes: at once when the image is there, else with its image first. */
final class SandboxCreation {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxCreation.class);

  /** 128 random bits, which no one guesses, and short enough for a host name's label. */
  private static final int TOKEN_BYTES = 16;

  private final SandboxRequests requests;
  private final SandboxStore store;
  private final ImageSource images;
  private final SandboxLauncher launcher;
  private final SandboxBuilds builds;
  private final Operations operations;
  private final WarmStock warm;
  private final NamesInTheMaking names = new NamesInTheMaking();

  SandboxCreation(
      SandboxRequests requests,
      SandboxStore store,
      ImageSource images,
      SandboxLauncher launcher,
      SandboxBuilds builds,
      Operations operations,
      WarmStock warm) {
    this.requests = requests;
    this.store = store;
    this.images = images;
    this.launcher = launcher;
    this.builds = builds;
    this.operations = operations;
    this.warm = warm;
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
   * The record counts last. Whether the name is free is looked up first all the same, so that only
   * a race between two servers starts a sandbox in vain.
   */
  private Sandbox launch(Sandbox sandbox, String token, Presence presence) {
    try (var _ = names.reserve(sandbox)) {
      if (sandbox.hasOwnName() && store.isNameTaken(sandbox.organizationId(), sandbox.name())) {
        throw NamesInTheMaking.taken(sandbox);
      }
      return claim(sandbox, token).orElseGet(() -> make(sandbox, token, presence));
    }
  }

  private Sandbox make(Sandbox sandbox, String token, Presence presence) {
    try (var _ = operations.begin(sandbox.id())) {
      return launcher.launch(sandbox, token, presence);
    }
  }

  /** Puts a warm sandbox to use if there is one; one that turns out to be broken is discarded. */
  private Optional<Sandbox> claim(Sandbox sandbox, String token) {
    Optional<WarmStock.Claim> claimed = warm.claim(sandbox);
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    try (WarmStock.Claim claim = claimed.get()) {
      return operations
          .tryBegin(claim.id())
          .map(operation -> claim(operation, sandbox.withId(claim.id()), token));
    } catch (InvalidException | ConflictException e) {
      throw e;
    } catch (PaddockException e) {
      LOG.warn("A warm sandbox could not be put to use; another one is made", e);
      return Optional.empty();
    }
  }

  private Sandbox claim(Operations.Operation operation, Sandbox sandbox, String token) {
    try (operation) {
      return launcher.claim(sandbox, token);
    }
  }
}
