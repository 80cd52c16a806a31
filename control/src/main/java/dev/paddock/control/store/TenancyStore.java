package dev.paddock.control.store;

import dev.paddock.model.Region;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Organisations, users and regions. */
public final class TenancyStore {
  private final Database database;

  public TenancyStore(Database database) {
    this.database = database;
  }

  /**
   * The first organisation and its owner.
   *
   * @param organizationId a UUID
   * @param userId a UUID
   */
  public record FirstTenant(String organizationId, String userId) {}

  /** What tells this database from any other: a UUID. */
  public String installationId() {
    return database.call(handle ->
        handle.createQuery("SELECT id::text FROM installation").mapTo(String.class).one());
  }

  /** The first organisation, made with its owner if there is none. */
  public FirstTenant ensureFirstTenant() {
    return database.transact(handle -> {
      // Two servers that start at once would otherwise make one each.
      handle.execute("LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE");
      List<FirstTenant> found =
          handle
              .createQuery(
                  "SELECT id::text AS id, owner_id::text AS owner FROM organizations"
                      + " ORDER BY created_at, id LIMIT 1")
              .map((row, context) -> new FirstTenant(row.getString("id"), row.getString("owner")))
              .list();
      return found.isEmpty() ? createTenant(handle) : found.getFirst();
    });
  }

  /** The region of that id, made if there is none. */
  public void ensureRegion(String id) {
    database.call(handle ->
        handle
            .createUpdate("INSERT INTO regions (id, name) VALUES (:id, :id) ON CONFLICT DO NOTHING")
            .bind("id", id)
            .execute());
  }

  /** All regions, by id. */
  public List<Region> regions() {
    return database.call(handle ->
        handle
            .createQuery("SELECT id, name, created_at, updated_at FROM regions ORDER BY id")
            .map((row, context) ->
                new Region(
                    row.getString("id"),
                    row.getString("name"),
                    Columns.time(row, "created_at"),
                    Columns.time(row, "updated_at")))
            .list());
  }

  private static FirstTenant createTenant(Handle handle) {
    UUID user = UUID.randomUUID();
    UUID organization = UUID.randomUUID();
    handle
        .createUpdate("INSERT INTO users (id, name, email) VALUES (:id, 'admin', '')")
        .bind("id", user)
        .execute();
    handle
        .createUpdate(
            "INSERT INTO organizations (id, name, owner_id) VALUES (:id, 'default', :user)")
        .bind("id", organization)
        .bind("user", user)
        .execute();
    return new FirstTenant(organization.toString(), user.toString());
  }
}
