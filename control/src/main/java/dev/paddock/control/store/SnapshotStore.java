package dev.paddock.control.store;

import dev.paddock.model.ImageInfo;
import dev.paddock.model.Page;
import dev.paddock.model.PageRequest;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.snapshot.Snapshot;
import dev.paddock.model.snapshot.SnapshotState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementException;

/** The rows of snapshots. */
public final class SnapshotStore {
  private static final String SELECT = "SELECT " + SnapshotRows.COLUMNS + " FROM snapshots ";
  private static final String VISIBLE =
      "(organization_id = :organization OR organization_id IS NULL)";

  private final Database database;
  private final SnapshotRows rows = new SnapshotRows();

  public SnapshotStore(Database database) {
    this.database = database;
  }

  /**
   * Records a new snapshot.
   *
   * @throws ConflictException when its name is taken
   */
  public void insert(Snapshot snapshot) {
    try {
      database.call(handle ->
          SnapshotRows.bind(handle.createUpdate(SnapshotRows.INSERT), snapshot).execute());
    } catch (StatementException e) {
      throw Database.isDuplicate(e)
          ? new ConflictException("Snapshot with name " + snapshot.name() + " already exists", e)
          : e;
    }
  }

  /** Records a snapshot for everybody, or brings the one of that name up to date. */
  public Snapshot upsertGeneral(Snapshot snapshot) {
    return database.call(handle ->
        SnapshotRows.bind(handle.createQuery(SnapshotRows.UPSERT_GENERAL), snapshot)
            .map(rows)
            .one());
  }

  /** Records a snapshot for everybody that is still to come; one that can be used stays. */
  public void announceGeneral(Snapshot snapshot) {
    database.call(handle ->
        SnapshotRows.bind(handle.createUpdate(SnapshotRows.ANNOUNCE_GENERAL), snapshot).execute());
  }

  /** Records why a snapshot for everybody cannot come; one that can be used stays. */
  public void failGeneral(String name, String reason) {
    database.call(handle ->
        handle
            .createUpdate(
                "UPDATE snapshots SET state = 'error', error_reason = :reason,"
                    + " updated_at = now() WHERE organization_id IS NULL AND name = :name"
                    + " AND state <> 'active'")
            .bind("reason", reason)
            .bind("name", name)
            .execute());
  }

  /** One that the organisation may use, by id, else by name, its own first. */
  public Optional<Snapshot> find(String organizationId, String idOrName) {
    return database.call(handle ->
        handle
            .createQuery(
                SELECT
                    + "WHERE (id::text = :key OR name = :key) AND "
                    + VISIBLE
                    + " ORDER BY id::text = :key DESC, organization_id NULLS LAST LIMIT 1")
            .bind("key", idOrName)
            .bind("organization", UUID.fromString(organizationId))
            .map(rows)
            .findOne());
  }

  /** Those that the organisation may use, newest first. */
  public Page<Snapshot> page(String organizationId, Optional<String> name, PageRequest page) {
    String where = "WHERE " + VISIBLE + " AND position(lower(:name) IN lower(name)) > 0";
    return database.transact(handle -> {
      long total =
          handle
              .createQuery("SELECT count(*) FROM snapshots " + where)
              .bind("organization", UUID.fromString(organizationId))
              .bind("name", name.orElse(""))
              .mapTo(Long.class)
              .one();
      List<Snapshot> items =
          handle
              .createQuery(
                  SELECT + where + " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset")
              .bind("organization", UUID.fromString(organizationId))
              .bind("name", name.orElse(""))
              .bind("limit", page.limit())
              .bind("offset", page.offset())
              .map(rows)
              .list();
      return Page.of(items, total, page);
    });
  }

  /** Those of organisations whose image is still to come. */
  public List<Snapshot> unfinished() {
    return database.call(handle ->
        handle
            .createQuery(
                SELECT + "WHERE organization_id IS NOT NULL AND state IN ('building', 'pulling')")
            .map(rows)
            .list());
  }

  /** Makes it usable. */
  public void activate(String id, ImageInfo image) {
    database.call(handle ->
        handle
            .createUpdate(
                "UPDATE snapshots SET state = 'active', error_reason = NULL, size_bytes = :size,"
                    + " updated_at = now() WHERE id = :id")
            .bind("size", image.sizeBytes())
            .bind("id", UUID.fromString(id))
            .execute());
  }

  /** Records why it cannot be used. */
  public void fail(String id, SnapshotState state, String reason) {
    database.call(handle ->
        handle
            .createUpdate(
                "UPDATE snapshots SET state = :state, error_reason = :reason,"
                    + " updated_at = now() WHERE id = :id")
            .bind("state", state.text())
            .bind("reason", reason)
            .bind("id", UUID.fromString(id))
            .execute());
  }

  /** Forgets it. */
  public void remove(String id) {
    database.call(handle ->
        handle
            .createUpdate("DELETE FROM snapshots WHERE id = :id")
            .bind("id", UUID.fromString(id))
            .execute());
  }

  /** Whether a snapshot or a sandbox needs the image. */
  public boolean isUsed(String reference) {
    return database.call(handle ->
        handle
            .createQuery(
                "SELECT EXISTS (SELECT FROM snapshots WHERE reference = :image)"
                    + " OR EXISTS (SELECT FROM sandboxes WHERE image = :image)")
            .bind("image", reference)
            .mapTo(Boolean.class)
            .one());
  }

  /** Records when snapshots were used last. */
  public void touch(Map<String, Instant> times) {
    database.call(handle -> {
      var batch = handle.prepareBatch("UPDATE snapshots SET last_used_at = :at WHERE id = :id");
      times.forEach((id, at) ->
          batch.bind("at", at.atOffset(ZoneOffset.UTC)).bind("id", UUID.fromString(id)).add());
      return batch.execute();
    });
  }
}
