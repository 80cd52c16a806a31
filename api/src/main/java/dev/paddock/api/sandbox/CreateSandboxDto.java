package dev.paddock.api.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.NetworkSettings;
import dev.paddock.model.snapshot.ResourceRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The request for a sandbox.
 *
 * @param runtime an extension of this server: what starts it
 */
public record CreateSandboxDto(
    Optional<String> name,
    Optional<String> snapshot,
    Optional<CreateBuildInfoDto> buildInfo,
    Optional<String> user,
    Optional<Map<String, String>> env,
    Optional<Map<String, String>> labels,
    @JsonProperty("public") Optional<Boolean> isPublic,
    Optional<Boolean> networkBlockAll,
    Optional<String> networkAllowList,
    Optional<String> domainAllowList,
    Optional<String> target,
    OptionalInt cpu,
    OptionalInt gpu,
    OptionalInt memory,
    OptionalInt disk,
    OptionalInt autoStopInterval,
    OptionalInt autoArchiveInterval,
    OptionalInt autoDeleteInterval,
    Optional<List<Object>> volumes,
    Optional<String> linkedSandbox,
    Optional<String> runtime) {

  CreateSandbox toRequest() {
    return new CreateSandbox(
        name,
        snapshot,
        buildInfo.map(CreateBuildInfoDto::toRequest),
        user,
        env.orElse(Map.of()),
        labels.orElse(Map.of()),
        new ResourceRequest(cpu, memory, disk, gpu),
        isPublic.orElse(false),
        new NetworkSettings(
            networkBlockAll.orElse(false), given(networkAllowList), given(domainAllowList)),
        autoStopInterval,
        autoArchiveInterval,
        autoDeleteInterval,
        target,
        runtime,
        unsupported());
  }

  private Set<String> unsupported() {
    Set<String> names = new HashSet<>();
    if (!volumes.orElse(List.of()).isEmpty()) {
      names.add("volumes");
    }
    if (given(linkedSandbox).isPresent()) {
      names.add("linkedSandbox");
    }
    return names;
  }

  private static Optional<String> given(Optional<String> text) {
    return text.filter(value -> !value.isEmpty());
  }
}
