package dev.paddock.control.store;

import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.pool.WarmPool;
import dev.paddock.model.snapshot.SnapshotState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;

/** The rows of warm pools. They vanish with their snapshots. */
public final class WarmPoolStore {
  private static final String SELECT =
      """
      SELECT p.id, p.organization_id, p.region, p.size, p.created_at, p.updated_at,
        s.name AS snapshot, s.reference AS image, s.state,
        s.cpu, s.memory_gib, s.disk_gib, s.runtime
      FROM warm_pools p JOIN snapshots s ON s.id = p.snapshot_id
      """;

  private static final String ORDER = " ORDER BY p.created_at, p.id";

  private final Database database;
  private final OfferedRuntimes runtimes;

  public WarmPoolStore(Database database, OfferedRuntimes runtimes) {
    this.database = database;
    this.runtimes = runtimes;
  }

  /**
   * Records a new pool.
   *
   * @throws ConflictException when the organisation has one of the snapshot in the region
   */
  public void insert(String id, String organizationId, String snapshotId, String region, int size) {
    try {
      database.call(handle ->
          handle
              .createUpdate(
                  "INSERT INTO warm_pools (id, organization_id, snapshot_id, region, size)"
                      + " VALUES (:id, :organization, :snapshot, :region, :size)")
              .bind("id", UUID.fromString(id))
              .bind("organization", UUID.fromString(organizationId))
              .bind("snapshot", UUID.fromString(snapshotId))
              .bind("region", region)
              .bind("size", size)
              .execute());
    } catch (StatementException e) {
      throw Database.isDuplicate(e)
          ? new ConflictException(
              "This snapshot has a warm pool already; change the size of that one", e)
          : e;
    }
  }

  /** Records the size of a snapshot's pool, which is made if there is none. */
  public void ensure(String organizationId, String snapshotId, String region, int size) {
    database.call(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO warm_pools (id, organization_id, snapshot_id, region, size)
                VALUES (gen_random_uuid(), :organization, :snapshot, :region, :size)
                ON CONFLICT (organization_id, snapshot_id, region)
                  DO UPDATE SET size = excluded.size, updated_at = now()
                """)
            .bind("organization", UUID.fromString(organizationId))
            .bind("snapshot", UUID.fromString(snapshotId))
            .bind("region", region)
            .bind("size", size)
            .execute());
  }

  /** Changes the size; false when the organisation has no such pool. */
  public boolean resize(String organizationId, String id, int size) {
    return database.call(handle ->
        handle
            .createUpdate(
                "UPDATE warm_pools SET size = :size, updated_at = now()"
                    + " WHERE id::text = :id AND organization_id = :organization")
            .bind("size", size)
            .bind("id", id)
            .bind("organization", UUID.fromString(organizationId))
            .execute())
        == 1;
  }

  /** Forgets a pool; false when the organisation has none of that id. */
  public boolean remove(String organizationId, String id) {
    return database.call(handle ->
        handle
            .createUpdate(
                "DELETE FROM warm_pools WHERE id::text = :id AND organization_id ="
                    + " :organization")
            .bind("id", id)
            .bind("organization", UUID.fromString(organizationId))
            .execute())
        == 1;
  }

  /** An organisation's pool. */
  public Optional<WarmPool> find(String organizationId, String id) {
    return database.call(handle ->
        handle
            .createQuery(SELECT + "WHERE p.id::text = :id AND p.organization_id = :organization")
            .bind("id", id)
            .bind("organization", UUID.fromString(organizationId))
            .map(this::pool)
            .findOne());
  }

  /** An organisation's pools, oldest first. */
  public List<WarmPool> list(String organizationId) {
    return database.call(handle ->
        handle
            .createQuery(SELECT + "WHERE p.organization_id = :organization" + ORDER)
            .bind("organization", UUID.fromString(organizationId))
            .map(this::pool)
            .list());
  }

  /** All pools, oldest first. */
  public List<WarmPool> all() {
    return database.call(handle -> handle.createQuery(SELECT + ORDER).map(this::pool).list());
  }

  private WarmPool pool(ResultSet row, StatementContext context) throws SQLException {
    String runtime = Columns.text(row, "runtime").orElse(runtimes.usual());
    return new WarmPool(
        row.getString("id"),
        row.getString("organization_id"),
        row.getString("snapshot"),
        row.getString("image"),
        obstacle(SnapshotState.of(row.getString("state")), runtime),
        Columns.resources(row),
        runtime,
        row.getString("region"),
        row.getInt("size"),
        Columns.time(row, "created_at"),
        Columns.time(row, "updated_at"));
  }

  private Optional<String> obstacle(SnapshotState snapshot, String runtime) {
    if (snapshot != SnapshotState.ACTIVE) {
      return Optional.of("The snapshot is in state " + snapshot.text());
    }
    return runtimes.offers(runtime)
        ? Optional.empty()
        : Optional.of("This server no longer offers the snapshot's runtime, " + runtime);
  }
}
