package dev.paddock.api.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.model.sandbox.Sandbox;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox in a listing: without its environment.
 *
 * @param runtime an extension of this server: what starts it, where that is not as usual
 */
public record SandboxListItemDto(
    String id,
    String organizationId,
    String name,
    String target,
    String sandboxClass,
    String state,
    String desiredState,
    Optional<String> snapshot,
    String user,
    Optional<String> errorReason,
    boolean recoverable,
    @JsonProperty("public") boolean isPublic,
    boolean networkBlockAll,
    int cpu,
    int gpu,
    int memory,
    int disk,
    Map<String, String> labels,
    String backupState,
    int autoStopInterval,
    int autoArchiveInterval,
    int autoDeleteInterval,
    Instant createdAt,
    Instant updatedAt,
    Instant lastActivityAt,
    String daemonVersion,
    String toolboxProxyUrl,
    Optional<String> runtime) {

  static SandboxListItemDto from(Sandbox sandbox, WireConstants constants) {
    return new SandboxListItemDto(
        sandbox.id().value(),
        sandbox.organizationId(),
        sandbox.name(),
        sandbox.region(),
        WireConstants.SANDBOX_CLASS,
        sandbox.status().state().text(),
        sandbox.status().desired().text(),
        sandbox.origin().snapshot(),
        sandbox.shownUser(),
        sandbox.status().errorReason(),
        WireConstants.NOT_RECOVERABLE,
        sandbox.isPublic(),
        sandbox.network().blockAll(),
        sandbox.resources().cpu(),
        WireConstants.NO_GPU,
        sandbox.resources().memoryGib(),
        sandbox.resources().diskGib(),
        sandbox.labels(),
        WireConstants.NO_BACKUP,
        sandbox.intervals().stop(),
        sandbox.intervals().archive(),
        sandbox.intervals().delete(),
        sandbox.times().createdAt(),
        sandbox.times().updatedAt(),
        sandbox.times().lastActivityAt(),
        constants.version(),
        constants.toolboxUrl(),
        constants.shownRuntime(sandbox.runtime()));
  }
}
