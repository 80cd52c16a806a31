package dev.paddock.control.store;

import dev.paddock.control.secret.SecretBox;
import dev.paddock.model.SandboxId;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.NetworkSettings;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxOrigin;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import dev.paddock.model.sandbox.SandboxTimes;
import dev.paddock.model.snapshot.BuildInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads sandboxes from rows of {@link #COLUMNS}. */
final class SandboxRows implements RowMapper<Sandbox> {
  /** Labels come as an array of pairs, so that no JSON has to be parsed here. */
  static final String COLUMNS =
      """
      id, organization_id, name, region, snapshot, dockerfile, context_hashes, image, entrypoint,
      os_user, env, cpu, memory_gib, disk_gib, runtime, is_public, network_block_all,
      network_allow_list, domain_allow_list, auto_stop, auto_archive, auto_delete, state,
      desired_state, error_reason, created_at, updated_at, last_activity_at,
      ARRAY(SELECT ARRAY[key, value] FROM jsonb_each_text(labels)) AS label_pairs
      """;

  private final EnvironmentCodec environments;

  SandboxRows(SecretBox box) {
    this.environments = new EnvironmentCodec(box);
  }

  @Override
  public Sandbox map(ResultSet row, StatementContext context) throws SQLException {
    String id = row.getString("id");
    return new Sandbox(
        new SandboxId(id),
        row.getString("organization_id"),
        row.getString("name"),
        row.getString("region"),
        origin(row),
        row.getString("os_user"),
        environments.decode(row.getBytes("env"), id),
        Columns.pairs(row, "label_pairs"),
        Columns.resources(row),
        row.getString("runtime"),
        row.getBoolean("is_public"),
        new NetworkSettings(
            row.getBoolean("network_block_all"),
            Columns.text(row, "network_allow_list"),
            Columns.text(row, "domain_allow_list")),
        new AutoIntervals(
            row.getInt("auto_stop"), row.getInt("auto_archive"), row.getInt("auto_delete")),
        status(row),
        new SandboxTimes(
            Columns.time(row, "created_at"),
            Columns.time(row, "updated_at"),
            Columns.time(row, "last_activity_at")));
  }

  static SandboxStatus status(ResultSet row) throws SQLException {
    return new SandboxStatus(
        SandboxState.of(row.getString("state")),
        DesiredState.of(row.getString("desired_state")),
        Columns.text(row, "error_reason"));
  }

  private static SandboxOrigin origin(ResultSet row) throws SQLException {
    return new SandboxOrigin(
        Columns.text(row, "snapshot"),
        build(row),
        row.getString("image"),
        Columns.texts(row, "entrypoint"));
  }

  private static Optional<BuildInfo> build(ResultSet row) throws SQLException {
    Optional<String> dockerfile = Columns.text(row, "dockerfile");
    if (dockerfile.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BuildInfo(
            dockerfile.get(),
            Columns.texts(row, "context_hashes"),
            row.getString("image"),
            Columns.time(row, "created_at"),
            Columns.time(row, "updated_at")));
  }
}
