package dev.paddock.api.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.model.sandbox.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox, whole. The keys are the contract's; those that it requires are always there.
 *
 * @param runtime an extension of this server: what starts it, where that is not as usual
 */
public record SandboxDto(
    String id,
    String organizationId,
    String name,
    Optional<String> snapshot,
    String user,
    Map<String, String> env,
    Map<String, String> labels,
    @JsonProperty("public") boolean isPublic,
    boolean networkBlockAll,
    boolean kvm,
    Optional<String> networkAllowList,
    Optional<String> domainAllowList,
    String target,
    int cpu,
    int gpu,
    int memory,
    int disk,
    String state,
    String desiredState,
    Optional<String> errorReason,
    boolean recoverable,
    String backupState,
    int autoStopInterval,
    int autoArchiveInterval,
    int autoDeleteInterval,
    List<Object> volumes,
    Optional<BuildInfoDto> buildInfo,
    Instant createdAt,
    Instant updatedAt,
    Instant lastActivityAt,
    String sandboxClass,
    String daemonVersion,
    String toolboxProxyUrl,
    Optional<String> runtime) {

  static SandboxDto from(Sandbox sandbox, WireConstants constants) {
    return new SandboxDto(
        sandbox.id().value(),
        sandbox.organizationId(),
        sandbox.name(),
        sandbox.origin().snapshot(),
        sandbox.shownUser(),
        sandbox.env(),
        sandbox.labels(),
        sandbox.isPublic(),
        sandbox.network().blockAll(),
        WireConstants.NO_KVM,
        sandbox.network().allowList(),
        sandbox.network().domainAllowList(),
        sandbox.region(),
        sandbox.resources().cpu(),
        WireConstants.NO_GPU,
        sandbox.resources().memoryGib(),
        sandbox.resources().diskGib(),
        sandbox.status().state().text(),
        sandbox.status().desired().text(),
        sandbox.status().errorReason(),
        WireConstants.NOT_RECOVERABLE,
        WireConstants.NO_BACKUP,
        sandbox.intervals().stop(),
        sandbox.intervals().archive(),
        sandbox.intervals().delete(),
        List.of(),
        sandbox.origin().build().map(BuildInfoDto::from),
        sandbox.times().createdAt(),
        sandbox.times().updatedAt(),
        sandbox.times().lastActivityAt(),
        WireConstants.SANDBOX_CLASS,
        constants.version(),
        constants.toolboxUrl(),
        constants.shownRuntime(sandbox.runtime()));
  }
}
