package dev.paddock.control.sandbox;

import dev.paddock.control.activity.LastUse;
import dev.paddock.control.config.PublicAddresses;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.control.validation.Pairs;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.model.sandbox.PreviewLink;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxAccess;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What can be changed and asked of a sandbox without its host. */
final class SandboxSettings {
  private static final int MAX_PORT = 65_535;

  private final SandboxStore store;
  private final AccessCache access;
  private final LastUse<SandboxId> lastUse;
  private final SigningKeys signingKeys;
  private final PublicAddresses addresses;
  private final Clock clock;

  SandboxSettings(
      SandboxStore store,
      AccessCache access,
      SigningKeys signingKeys,
      PublicAddresses addresses,
      Clock clock) {
    this.store = store;
    this.access = access;
    this.lastUse = new LastUse<>(clock, store::touch);
    this.signingKeys = signingKeys;
    this.addresses = addresses;
    this.clock = clock;
  }

  void labels(Sandbox sandbox, Map<String, String> labels) {
    store.setLabels(sandbox.id(), Pairs.labels(labels));
  }

  void open(Sandbox sandbox, boolean isPublic) {
    store.setPublic(sandbox.id(), isPublic);
    access.invalidate(sandbox.id());
  }

  void autoStop(Sandbox sandbox, int minutes) {
    AutoIntervals now = sandbox.intervals();
    int stop = SandboxRequests.autoStop(minutes);
    store.setIntervals(sandbox.id(), new AutoIntervals(stop, now.archive(), now.delete()));
  }

  void autoArchive(Sandbox sandbox, int minutes) {
    AutoIntervals now = sandbox.intervals();
    int archive = SandboxRequests.autoArchive(minutes);
    store.setIntervals(sandbox.id(), new AutoIntervals(now.stop(), archive, now.delete()));
  }

  void autoDelete(Sandbox sandbox, int minutes) {
    AutoIntervals now = sandbox.intervals();
    int delete = SandboxRequests.autoDelete(minutes);
    store.setIntervals(sandbox.id(), new AutoIntervals(now.stop(), now.archive(), delete));
  }

  void used(SandboxId id) {
    store.touch(Map.of(id, clock.instant()));
  }

  void touch(SandboxId id) {
    lastUse.touch(id);
  }

  void flush() {
    lastUse.flush();
  }

  Optional<SandboxAccess> access(SandboxId id) {
    return access.get(id);
  }

  /** Whether it is known without a query that the organisation has a sandbox of that id. */
  boolean isKnown(String organizationId, String id) {
    return SandboxId.isValid(id)
        && access
            .getIfPresent(new SandboxId(id))
            .filter(known -> known.organizationId().equals(organizationId))
            .isPresent();
  }

  PreviewLink previewLink(Sandbox sandbox, int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidException("port must be between 1 and " + MAX_PORT);
    }
    String token = requireAccess(sandbox).previewToken();
    String host = port + "-" + sandbox.id() + "." + addresses.proxyDomain();
    return new PreviewLink(sandbox.id(), addresses.proxyProtocol() + "://" + host, token);
  }

  String signingKey(Sandbox sandbox) {
    return signingKeys.of(requireAccess(sandbox));
  }

  Optional<String> signingKey(SandboxId id) {
    return access.get(id).map(signingKeys::of);
  }

  void replaceSigningKey(Sandbox sandbox) {
    store.replaceSigningKey(sandbox.id());
    access.invalidate(sandbox.id());
  }

  private SandboxAccess requireAccess(Sandbox sandbox) {
    return access
        .get(sandbox.id())
        .orElseThrow(() -> new NotFoundException("Sandbox " + sandbox.id() + " not found"));
  }

  /** The same for all today; a region may have its own one day. */
  String toolboxUrl(Sandbox sandbox) {
    return addresses.toolboxUrl();
  }
}
