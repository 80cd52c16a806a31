package dev.paddock.control.store;

import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.snapshot.BuildInfo;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;

/** The row of a new sandbox. */
final class SandboxInsert {
  private static final String SELECT =
      """
      INSERT INTO sandboxes (id, organization_id, name, region, snapshot, dockerfile,
        context_hashes, image, entrypoint, os_user, env, labels, cpu, memory_gib, disk_gib,
        runtime, is_public, network_block_all, network_allow_list, domain_allow_list, auto_stop,
        auto_archive, auto_delete, state, desired_state, preview_token, created_at, updated_at,
        last_activity_at)
      SELECT :id, :organization, :name, :region, :snapshot, :dockerfile, :hashes, :image,
        :entrypoint, :user, :env, jsonb_object(:keys, :values), :cpu, :memory, :disk, :runtime,
        :public, :blockAll, :allowList, :domains, :autoStop, :autoArchive, :autoDelete, :state,
        :desired, :token, :now, :now, :now
      """;

  /** Waits for the disk, see {@link SandboxStore}. */
  static final String DURABLE = SELECT;

  /** Commits without waiting for the disk, see {@link SandboxStore}. */
  static final String RELAXED = SELECT + " FROM " + SandboxStore.RELAXED;

  private SandboxInsert() {}

  /** Binds all but the sealed values. */
  static Update bind(Update update, Sandbox sandbox) {
    update
        .bind("id", UUID.fromString(sandbox.id().value()))
        .bind("organization", UUID.fromString(sandbox.organizationId()))
        .bind("name", sandbox.name())
        .bind("region", sandbox.region())
        .bind("user", sandbox.user())
        .bind("cpu", sandbox.resources().cpu())
        .bind("memory", sandbox.resources().memoryGib())
        .bind("disk", sandbox.resources().diskGib())
        .bind("runtime", sandbox.runtime())
        .bind("public", sandbox.isPublic())
        .bind("blockAll", sandbox.network().blockAll())
        .bind("allowList", sandbox.network().allowList().orElse(null))
        .bind("domains", sandbox.network().domainAllowList().orElse(null))
        .bind("autoStop", sandbox.intervals().stop())
        .bind("autoArchive", sandbox.intervals().archive())
        .bind("autoDelete", sandbox.intervals().delete())
        .bind("state", sandbox.status().state().text())
        .bind("desired", sandbox.status().desired().text())
        .bind("now", OffsetDateTime.ofInstant(sandbox.times().createdAt(), ZoneOffset.UTC));
    bindOrigin(update, sandbox);
    return bindLabels(update, sandbox.labels());
  }

  /** Labels travel as two arrays of equal length. */
  static Update bindLabels(Update update, Map<String, String> labels) {
    List<Map.Entry<String, String>> entries = List.copyOf(labels.entrySet());
    return update
        .bindArray("keys", String.class, entries.stream().map(Map.Entry::getKey).toList())
        .bindArray("values", String.class, entries.stream().map(Map.Entry::getValue).toList());
  }

  private static void bindOrigin(Update update, Sandbox sandbox) {
    update
        .bind("snapshot", sandbox.origin().snapshot().orElse(null))
        .bind("dockerfile", sandbox.origin().build().map(BuildInfo::dockerfile).orElse(null))
        .bindArray(
            "hashes",
            String.class,
            sandbox.origin().build().map(BuildInfo::contextHashes).orElse(List.of()))
        .bind("image", sandbox.origin().image())
        .bindArray("entrypoint", String.class, sandbox.origin().entrypoint());
  }
}
