package dev.paddock.control.store;

import dev.paddock.model.snapshot.BuildInfo;
import dev.paddock.model.snapshot.Snapshot;
import dev.paddock.model.snapshot.SnapshotState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads and writes whole snapshots. */
final class SnapshotRows implements RowMapper<Snapshot> {
  static final String COLUMNS =
      "id, organization_id, name, image_name, dockerfile, context_hashes, reference, state,"
          + " error_reason, size_bytes, entrypoint, cpu, memory_gib, disk_gib, runtime, region,"
          + " created_at, updated_at, last_used_at";

  static final String INSERT =
      """
      INSERT INTO snapshots (id, organization_id, name, image_name, dockerfile, context_hashes,
        reference, state, size_bytes, entrypoint, cpu, memory_gib, disk_gib, runtime, region,
        created_at, updated_at)
      VALUES (:id, :organization, :name, :imageName, :dockerfile, :hashes, :reference, :state,
        :size, :entrypoint, :cpu, :memory, :disk, :runtime, :region, :now, :now)
      """;

  static final String UPSERT_GENERAL =
      INSERT
          + """
          ON CONFLICT (organization_id, name) DO UPDATE SET
            image_name = excluded.image_name, reference = excluded.reference,
            state = excluded.state, error_reason = NULL, size_bytes = excluded.size_bytes,
            cpu = excluded.cpu, memory_gib = excluded.memory_gib, disk_gib = excluded.disk_gib,
            updated_at = excluded.updated_at
          RETURNING *
          """;

  static final String ANNOUNCE_GENERAL =
      INSERT
          + """
          ON CONFLICT (organization_id, name) DO UPDATE SET
            state = excluded.state, error_reason = NULL, updated_at = excluded.updated_at
          WHERE snapshots.state <> 'active'
          """;

  static <T extends SqlStatement<T>> T bind(T statement, Snapshot snapshot) {
    return statement
        .bind("id", UUID.fromString(snapshot.id()))
        .bind("organization", snapshot.organizationId().map(UUID::fromString).orElse(null))
        .bind("name", snapshot.name())
        .bind("imageName", snapshot.imageName().orElse(null))
        .bind("dockerfile", snapshot.build().map(BuildInfo::dockerfile).orElse(null))
        .bindArray(
            "hashes",
            String.class,
            snapshot.build().map(BuildInfo::contextHashes).orElse(List.of()))
        .bind("reference", snapshot.reference())
        .bind("state", snapshot.state().text())
        .bind("size", snapshot.sizeBytes().stream().boxed().findFirst().orElse(null))
        .bindArray("entrypoint", String.class, snapshot.entrypoint())
        .bind("cpu", snapshot.resources().cpu())
        .bind("memory", snapshot.resources().memoryGib())
        .bind("disk", snapshot.resources().diskGib())
        .bind("runtime", snapshot.runtime().orElse(null))
        .bind("region", snapshot.region())
        .bind("now", snapshot.times().createdAt().atOffset(ZoneOffset.UTC));
  }

  @Override
  public Snapshot map(ResultSet row, StatementContext context) throws SQLException {
    long size = row.getLong("size_bytes");
    OptionalLong sizeBytes = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
    return new Snapshot(
        row.getString("id"),
        Columns.text(row, "organization_id"),
        row.getString("name"),
        Columns.text(row, "image_name"),
        build(row),
        row.getString("reference"),
        SnapshotState.of(row.getString("state")),
        Columns.text(row, "error_reason"),
        sizeBytes,
        Columns.texts(row, "entrypoint"),
        Columns.resources(row),
        Columns.text(row, "runtime"),
        row.getString("region"),
        new Snapshot.Times(
            Columns.time(row, "created_at"),
            Columns.time(row, "updated_at"),
            Columns.optionalTime(row, "last_used_at")));
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
            row.getString("reference"),
            Columns.time(row, "created_at"),
            Columns.time(row, "updated_at")));
  }
}
