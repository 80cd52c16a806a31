package dev.paddock.control.sandbox;

import dev.paddock.control.admission.Presence;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.store.SandboxListing;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.model.Page;
import dev.paddock.model.PageRequest;
import dev.paddock.model.SandboxId;
import dev.paddock.model.access.Caller;
import dev.paddock.model.access.Permission;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.TooManyWaitingException;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.PreviewLink;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.model.sandbox.SandboxCommand;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxLifecycle;
import dev.paddock.model.sandbox.SandboxSlice;
import dev.paddock.model.sandbox.SandboxSort;
import dev.paddock.model.sandbox.SandboxState;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Use cases on sandboxes. A caller sees those of its organisation only, each by id or name. Methods
 * block until their effect is there and throw {@code PaddockException}s; a sandbox that the caller
 * does not see is a {@link NotFoundException}.
 */
public final class Sandboxes {
  private static final int MAX_ALL = 10_000;

  private final SandboxStore store;
  private final SandboxListing listing;
  private final SandboxCreation creation;
  private final SandboxTransitions transitions;
  private final SandboxSettings settings;
  private final ImageSource images;

  Sandboxes(
      SandboxStore store,
      SandboxListing listing,
      SandboxCreation creation,
      SandboxTransitions transitions,
      SandboxSettings settings,
      ImageSource images) {
    this.store = store;
    this.listing = listing;
    this.creation = creation;
    this.transitions = transitions;
    this.settings = settings;
    this.images = images;
  }

  /**
   * Makes a sandbox; answers when it takes commands. Only when its image takes longer to come than
   * clients wait is the answer {@code BUILDING_SNAPSHOT}, and the work goes on.
   *
   * @param presence whether the caller still waits; one who leaves leaves the queue for the host
   * @throws InvalidException when the request is wrong, or the sandbox or its image cannot be made;
   *     nothing is left of it then
   * @throws ConflictException when the name is taken
   * @throws HostFullException when the host has no room for it within a bounded time
   * @throws TooManyWaitingException when too many wait for that already
   */
  public Sandbox create(Caller caller, CreateSandbox request, Presence presence) {
    caller.require(Permission.WRITE_SANDBOXES);
    return creation.create(caller, request, presence);
  }

  /** The same for a caller who does not leave. */
  public Sandbox create(Caller caller, CreateSandbox request) {
    return create(caller, request, Presence.CERTAIN);
  }

  /** The sandbox; one that is being made or deleted is not there. */
  public Sandbox get(Caller caller, String idOrName) {
    return store
        .find(caller.organizationId(), idOrName)
        .orElseThrow(
            () -> new NotFoundException("Sandbox with ID or name " + idOrName + " not found"));
  }

  /**
   * The next part of a listing.
   *
   * @param cursor from the part before; absent at the beginning
   * @param limit 1 to 200
   * @throws InvalidException when the cursor is none or belongs to another order
   */
  public SandboxSlice list(
      Caller caller, SandboxFilter filter, SandboxSort sort, Optional<String> cursor, int limit) {
    PageRequest.requireLimit(limit);
    return listing.slice(caller.organizationId(), filter, sort, cursor, limit);
  }

  /** A numbered page of a listing. */
  public Page<Sandbox> page(
      Caller caller, SandboxFilter filter, SandboxSort sort, PageRequest page) {
    return listing.page(caller.organizationId(), filter, sort, page);
  }

  /** All of them, newest first, up to 10,000. */
  public List<Sandbox> all(Caller caller, SandboxFilter filter) {
    SandboxSort newest = new SandboxSort(SandboxSort.Field.CREATED_AT, false);
    return listing
        .slice(caller.organizationId(), filter, newest, Optional.empty(), MAX_ALL)
        .items();
  }

  /**
   * Deletes a sandbox with all it holds. It cannot be found from the beginning on, and its name is
   * free. When the host cannot finish, the answer says {@code DESTROYING} and the reconciler goes
   * on.
   *
   * @throws ConflictException while another change is at work
   */
  public Sandbox delete(Caller caller, String idOrName) {
    caller.require(Permission.DELETE_SANDBOXES);
    String organization = caller.organizationId();
    SandboxId id =
        settings.isKnown(organization, idOrName)
            ? new SandboxId(idOrName)
            : get(caller, idOrName).id();
    return delete(caller, id);
  }

  /**
   * Starts a stopped sandbox; answers when it takes commands.
   *
   * @param presence as for {@link #create}
   * @throws InvalidException unless it is stopped
   * @throws ConflictException while another change is at work
   * @throws HostFullException as for {@link #create}
   * @throws TooManyWaitingException as for {@link #create}
   */
  public Sandbox start(Caller caller, String idOrName, Presence presence) {
    caller.require(Permission.WRITE_SANDBOXES);
    Sandbox sandbox = get(caller, idOrName);
    transitions.start(sandbox, presence);
    return get(caller, sandbox.id().value());
  }

  /** The same for a caller who does not leave. */
  public Sandbox start(Caller caller, String idOrName) {
    return start(caller, idOrName, Presence.CERTAIN);
  }

  /**
   * Stops a started sandbox and keeps its files. One whose delete interval is 0 is deleted instead.
   *
   * @param force whether its processes get no time to end by themselves
   * @throws InvalidException unless it is started
   * @throws ConflictException while another change is at work
   */
  public Sandbox stop(Caller caller, String idOrName, boolean force) {
    caller.require(Permission.WRITE_SANDBOXES);
    Sandbox sandbox = get(caller, idOrName);
    boolean ephemeral = sandbox.intervals().delete() == 0;
    if (ephemeral && sandbox.status().state() == SandboxState.STARTED) {
      return delete(caller, sandbox.id());
    }
    transitions.stop(sandbox, force);
    return get(caller, sandbox.id().value());
  }

  /** Replaces all labels. */
  public Sandbox replaceLabels(Caller caller, String idOrName, Map<String, String> labels) {
    return changed(caller, idOrName, sandbox -> settings.labels(sandbox, labels));
  }

  /** Says whether previews need no credentials. */
  public Sandbox setPublic(Caller caller, String idOrName, boolean isPublic) {
    return changed(caller, idOrName, sandbox -> settings.open(sandbox, isPublic));
  }

  /**
   * Sets the minutes without activity until it is stopped; 0 means never.
   *
   * @throws InvalidException when they are negative
   */
  public Sandbox setAutoStop(Caller caller, String idOrName, int minutes) {
    return changed(caller, idOrName, sandbox -> settings.autoStop(sandbox, minutes));
  }

  /**
   * Sets the minutes after a stop until it is archived; 0 means the most, which is 43200.
   *
   * @throws InvalidException when they are negative or more
   */
  public Sandbox setAutoArchive(Caller caller, String idOrName, int minutes) {
    return changed(caller, idOrName, sandbox -> settings.autoArchive(sandbox, minutes));
  }

  /** Sets the minutes after a stop until it is deleted; 0 means at once, a negative one never. */
  public Sandbox setAutoDelete(Caller caller, String idOrName, int minutes) {
    return changed(caller, idOrName, sandbox -> settings.autoDelete(sandbox, minutes));
  }

  /** Records that it is in use, now and on disk. */
  public Sandbox recordActivity(Caller caller, String idOrName) {
    Sandbox sandbox = get(caller, idOrName);
    settings.used(sandbox.id());
    return get(caller, sandbox.id().value());
  }

  /**
   * Where one of its ports is reached.
   *
   * @throws InvalidException unless the port is 1 to 65535
   */
  public PreviewLink previewLink(Caller caller, String idOrName, int port) {
    return settings.previewLink(get(caller, idOrName), port);
  }

  /**
   * The secret that URLs of its files are signed with. Whoever has it can read and write its files,
   * so the permission to change sandboxes is needed.
   */
  public String signingKey(Caller caller, String idOrName) {
    caller.require(Permission.WRITE_SANDBOXES);
    return settings.signingKey(get(caller, idOrName));
  }

  /** Replaces that secret and returns the new one; URLs that were signed before end at once. */
  public String rotateSigningKey(Caller caller, String idOrName) {
    Sandbox sandbox = changed(caller, idOrName, settings::replaceSigningKey);
    return settings.signingKey(sandbox);
  }

  /** Base URL of its toolbox; its id follows. */
  public String toolboxUrl(Caller caller, String idOrName) {
    return settings.toolboxUrl(get(caller, idOrName));
  }

  /**
   * The log of the attempt to bring its image in.
   *
   * @param follow whether the stream waits for more until the attempt ends
   */
  public InputStream buildLog(Caller caller, String idOrName, boolean follow) {
    return images.log(get(caller, idOrName).origin().image(), follow);
  }

  /**
   * What must be known to let a request through to it. Cached; this process's changes show at once.
   */
  public Optional<SandboxAccess> access(SandboxId id) {
    return settings.access(id);
  }

  /** The secret that URLs of its files are to be signed with. As fresh as {@link #access}. */
  public Optional<String> signingKey(SandboxId id) {
    return settings.signingKey(id);
  }

  /** Writes noted uses to disk. */
  public void flush() {
    settings.flush();
  }

  /** Notes that it is in use; never blocks, and reaches the disk within about ten seconds. */
  public void touch(SandboxId id) {
    settings.touch(id);
  }

  private Sandbox delete(Caller caller, SandboxId id) {
    return transitions
        .destroy(caller.organizationId(), id)
        .orElseThrow(() -> undeletable(get(caller, id.value())));
  }

  private static PaddockException undeletable(Sandbox sandbox) {
    SandboxLifecycle.begin(sandbox.status().state(), SandboxCommand.DESTROY);
    return new ConflictException(SandboxLifecycle.IN_PROGRESS);
  }

  private Sandbox changed(Caller caller, String idOrName, Consumer<Sandbox> change) {
    caller.require(Permission.WRITE_SANDBOXES);
    Sandbox sandbox = get(caller, idOrName);
    change.accept(sandbox);
    return get(caller, sandbox.id().value());
  }
}
