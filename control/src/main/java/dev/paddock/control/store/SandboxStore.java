package dev.paddock.control.store;

import dev.paddock.control.secret.SecretBox;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxAccess;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.Update;

/**
 * The rows of single sandboxes. Changes of status are compare-and-set, so that of two servers or
 * threads one wins.
 *
 * <p>A create or a delete is one statement that waits for the disk: what the host has without a row
 * is a leftover, so a row is committed when its sandbox runs, and goes before its sandbox does.
 * Statements whose loss the reconciler repairs commit without waiting: the announcement of a build,
 * and the clearing of a row whose sandbox was never given out.
 */
public final class SandboxStore {
  /** Lets the statement's transaction commit without waiting for the disk. */
  static final String RELAXED = "(SELECT set_config('synchronous_commit', 'off', true)) AS relaxed";

  private static final String BY_NAME =
      "organization_id = :organization AND name = :name AND desired_state <> 'destroyed'";

  private final Database database;
  private final SecretBox box;
  private final EnvironmentCodec environments;
  private final SandboxRows rows;

  public SandboxStore(Database database, SecretBox box) {
    this.database = database;
    this.box = box;
    this.environments = new EnvironmentCodec(box);
    this.rows = new SandboxRows(box);
  }

  /**
   * Begins to record a sandbox that is being made.
   *
   * @param previewToken its secret in the clear; stored sealed
   */
  public PendingSandbox begin(Sandbox sandbox, String previewToken) {
    return new PendingSandbox(
        database.begin(handle -> write(handle, SandboxInsert.DURABLE, sandbox, previewToken)),
        failure -> reason(failure, sandbox));
  }

  /**
   * Records one that is still to be made, and whose loss in a crash nobody would notice.
   *
   * @throws ConflictException when its name is taken in its organisation
   */
  public void announce(Sandbox sandbox, String previewToken) {
    try {
      database.call(handle -> write(handle, SandboxInsert.RELAXED, sandbox, previewToken));
    } catch (StatementException e) {
      throw reason(e, sandbox);
    }
  }

  private int write(Handle handle, String sql, Sandbox sandbox, String previewToken) {
    String id = sandbox.id().value();
    return SandboxInsert.bind(handle.createUpdate(sql), sandbox)
        .bind("env", environments.encode(sandbox.env(), id))
        .bind("token", box.seal(previewToken.getBytes(StandardCharsets.UTF_8), id))
        .execute();
  }

  private static RuntimeException reason(JdbiException failure, Sandbox sandbox) {
    return failure instanceof StatementException e && Database.isDuplicate(e)
        ? new ConflictException("Sandbox with name " + sandbox.name() + " already exists", e)
        : Database.reason(failure);
  }

  /** Whether a sandbox of the organisation has the name. */
  public boolean isNameTaken(String organizationId, String name) {
    return database.call(handle ->
        handle
            .createQuery("SELECT EXISTS (SELECT FROM sandboxes WHERE " + BY_NAME + ")")
            .bind("organization", UUID.fromString(organizationId))
            .bind("name", name)
            .mapTo(Boolean.class)
            .one());
  }

  /** The sandbox of that id, whoever's it is. */
  public Optional<Sandbox> find(SandboxId id) {
    return database.call(handle ->
        handle
            .createQuery("SELECT " + SandboxRows.COLUMNS + " FROM sandboxes WHERE id = :id")
            .bind("id", uuid(id))
            .map(rows)
            .findOne());
  }

  /** An organisation's sandbox of that id, else of that name. One being deleted has no name. */
  public Optional<Sandbox> find(String organizationId, String idOrName) {
    if (SandboxId.isValid(idOrName)) {
      Optional<Sandbox> byId =
          find(new SandboxId(idOrName)).filter(s -> s.organizationId().equals(organizationId));
      if (byId.isPresent()) {
        return byId;
      }
    }
    return database.call(handle ->
        handle
            .createQuery("SELECT " + SandboxRows.COLUMNS + " FROM sandboxes WHERE " + BY_NAME)
            .bind("organization", UUID.fromString(organizationId))
            .bind("name", idOrName)
            .map(rows)
            .findOne());
  }

  /** What must be known to let a request through. */
  public Optional<SandboxAccess> access(SandboxId id) {
    return database.call(handle ->
        handle
            .createQuery(
                "SELECT organization_id, state, is_public, preview_token, signing_key_version"
                    + " FROM sandboxes WHERE id = :id")
            .bind("id", uuid(id))
            .map((row, context) ->
                new SandboxAccess(
                    id,
                    row.getString("organization_id"),
                    SandboxState.of(row.getString("state")),
                    row.getBoolean("is_public"),
                    new String(
                        box.open(row.getBytes("preview_token"), id.value()),
                        StandardCharsets.UTF_8),
                    row.getInt("signing_key_version")))
            .findOne());
  }

  /**
   * Moves a sandbox from one state to a status.
   *
   * @return false when it is gone or in another state
   */
  public boolean transition(SandboxId id, SandboxState from, SandboxStatus to) {
    return database.call(handle ->
        handle
            .createUpdate(
                """
                UPDATE sandboxes SET state = :state, desired_state = :desired,
                  error_reason = :reason, updated_at = now(),
                  last_activity_at = CASE WHEN :state = 'started' THEN now()
                    ELSE last_activity_at END
                WHERE id = :id AND state = :from
                """)
            .bind("state", to.state().text())
            .bind("desired", to.desired().text())
            .bind("reason", to.errorReason().orElse(null))
            .bind("id", uuid(id))
            .bind("from", from.text())
            .execute())
        == 1;
  }

  /**
   * Takes the row of a sandbox that is to be destroyed; from then on it exists only on the host.
   *
   * @param from states that it may be in
   * @return what was recorded; empty when the organisation has no such sandbox in such a state
   */
  public Optional<Sandbox> take(String organizationId, SandboxId id, Set<SandboxState> from) {
    return database.call(handle ->
        handle
            .createQuery(
                "DELETE FROM sandboxes WHERE id = :id AND organization_id = :organization"
                    + " AND state = ANY (:from) RETURNING "
                    + SandboxRows.COLUMNS)
            .bind("id", uuid(id))
            .bind("organization", UUID.fromString(organizationId))
            .bindArray("from", String.class, from.stream().map(SandboxState::text).toList())
            .map(rows)
            .findOne());
  }

  /** Forgets a sandbox of which the host holds nothing any more. */
  public void remove(SandboxId id) {
    database.call(handle ->
        handle
            .createUpdate("DELETE FROM sandboxes USING " + RELAXED + " WHERE id = :id")
            .bind("id", uuid(id))
            .execute());
  }

  /** The status of every sandbox. */
  public Map<SandboxId, SandboxStatus> statuses() {
    return database.call(handle ->
        handle
            .createQuery("SELECT id, state, desired_state, error_reason FROM sandboxes")
            .map((row, context) ->
                Map.entry(new SandboxId(row.getString("id")), SandboxRows.status(row)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Gives those that were recorded before runtimes were this one. */
  public void ensureRuntimes(String runtime) {
    database.call(handle ->
        handle
            .createUpdate("UPDATE sandboxes SET runtime = :runtime WHERE runtime IS NULL")
            .bind("runtime", runtime)
            .execute());
  }

  /** The sizes of those that run, as far as is recorded. */
  public Map<SandboxId, Resources> running() {
    return database.call(handle ->
        handle
            .createQuery(
                "SELECT id, cpu, memory_gib, disk_gib FROM sandboxes"
                    + " WHERE state IN ('started', 'starting', 'stopping')")
            .map((row, context) ->
                Map.entry(new SandboxId(row.getString("id")), Columns.resources(row)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Replaces all labels. */
  public void setLabels(SandboxId id, Map<String, String> labels) {
    change(
        id,
        "labels = jsonb_object(:keys, :values)",
        update -> SandboxInsert.bindLabels(update, labels));
  }

  /** Opens or closes the previews. */
  public void setPublic(SandboxId id, boolean isPublic) {
    change(id, "is_public = :public", update -> update.bind("public", isPublic));
  }

  /** Makes the next version of the signing key the valid one. */
  public void replaceSigningKey(SandboxId id) {
    change(id, "signing_key_version = signing_key_version + 1", update -> update);
  }

  /** Replaces the intervals. */
  public void setIntervals(SandboxId id, AutoIntervals intervals) {
    change(
        id,
        "auto_stop = :stop, auto_archive = :archive, auto_delete = :delete",
        update ->
            update
                .bind("stop", intervals.stop())
                .bind("archive", intervals.archive())
                .bind("delete", intervals.delete()));
  }

  /** Records when sandboxes were used; never moves a time back. */
  public void touch(Map<SandboxId, Instant> times) {
    List<Map.Entry<SandboxId, Instant>> entries = List.copyOf(times.entrySet());
    database.call(handle ->
        handle
            .createUpdate(
                """
                UPDATE sandboxes
                SET last_activity_at = greatest(last_activity_at, to_timestamp(used.at / 1000.0))
                FROM unnest(:ids, :times) AS used (id, at)
                WHERE sandboxes.id = used.id
                """)
            .bindArray("ids", UUID.class, entries.stream().map(e -> uuid(e.getKey())).toList())
            .bindArray(
                "times",
                Long.class,
                entries.stream().map(e -> e.getValue().toEpochMilli()).toList())
            .execute());
  }

  private void change(SandboxId id, String assignment, UnaryOperator<Update> binding) {
    database.call(handle ->
        binding
            .apply(
                handle.createUpdate(
                    "UPDATE sandboxes SET " + assignment + ", updated_at = now() WHERE id = :id"))
            .bind("id", uuid(id))
            .execute());
  }

  private static UUID uuid(SandboxId id) {
    return UUID.fromString(id.value());
  }
}
