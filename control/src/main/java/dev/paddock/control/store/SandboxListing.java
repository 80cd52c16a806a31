package dev.paddock.control.store;

import dev.paddock.control.secret.SecretBox;
import dev.paddock.model.Page;
import dev.paddock.model.PageRequest;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxSlice;
import dev.paddock.model.sandbox.SandboxSort;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** An organisation's sandboxes in order, filtered, in parts. */
public final class SandboxListing {
  private final Database database;
  private final SandboxRows rows;

  public SandboxListing(Database database, SecretBox box) {
    this.database = database;
    this.rows = new SandboxRows(box);
  }

  /**
   * The part after a cursor. Sandboxes that come and go meanwhile shift nothing: none that stays is
   * left out or shown twice, as long as the value it is sorted by stays.
   *
   * @param limit at most so many
   */
  public SandboxSlice slice(
      String organizationId,
      SandboxFilter filter,
      SandboxSort sort,
      Optional<String> cursor,
      int limit) {
    SandboxConditions conditions = SandboxConditions.of(organizationId, filter);
    cursor.ifPresent(text -> SandboxCursor.decode(text, sort).restrict(conditions));
    List<Sandbox> found = query(conditions, sort, limit + 1, 0);
    if (found.size() <= limit) {
      return new SandboxSlice(found, Optional.empty());
    }
    List<Sandbox> items = found.subList(0, limit);
    return new SandboxSlice(
        items, Optional.of(SandboxCursor.after(items.getLast(), sort).encode()));
  }

  /** A numbered page and the count of all. */
  public Page<Sandbox> page(
      String organizationId, SandboxFilter filter, SandboxSort sort, PageRequest page) {
    SandboxConditions conditions = SandboxConditions.of(organizationId, filter);
    return Page.of(query(conditions, sort, page.limit(), page.offset()), count(conditions), page);
  }

  private List<Sandbox> query(
      SandboxConditions conditions, SandboxSort sort, int limit, long offset) {
    String direction = sort.ascending() ? " ASC" : " DESC";
    String sql =
        "SELECT "
            + SandboxRows.COLUMNS
            + " FROM sandboxes WHERE "
            + conditions.sql()
            + " ORDER BY "
            + SandboxCursor.column(sort.field())
            + direction
            + ", id"
            + direction
            + " LIMIT :limit OFFSET :offset";
    return database.call(handle -> {
      Query query = handle.createQuery(sql).bind("limit", limit).bind("offset", offset);
      return conditions.bind(query).map(rows).list();
    });
  }

  private long count(SandboxConditions conditions) {
    return database.call(handle ->
        conditions
            .bind(handle.createQuery("SELECT count(*) FROM sandboxes WHERE " + conditions.sql()))
            .mapTo(Long.class)
            .one());
  }
}
