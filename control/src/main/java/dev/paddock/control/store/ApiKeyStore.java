package dev.paddock.control.store;

import dev.paddock.model.access.ApiKey;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.ConflictException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;

/** API keys, known by the hash of their value. */
public final class ApiKeyStore {
  private static final String SELECT =
      "SELECT name, masked_value, user_id, organization_id, permissions, created_at, last_used_at,"
          + " expires_at FROM api_keys ";

  private final Database database;

  public ApiKeyStore(Database database) {
    this.database = database;
  }

  /** The key whose value has that SHA-256 hash. */
  public Optional<ApiKey> find(byte[] hash) {
    return database.call(handle ->
        handle
            .createQuery(SELECT + "WHERE hash = :hash")
            .bind("hash", hash)
            .map(ApiKeyStore::map)
            .findOne());
  }

  /** A user's keys in an organisation, oldest first. */
  public List<ApiKey> list(String organizationId, String userId) {
    return database.call(handle ->
        handle
            .createQuery(
                SELECT
                    + "WHERE organization_id = :organization AND user_id = :user"
                    + " ORDER BY created_at, name")
            .bind("organization", UUID.fromString(organizationId))
            .bind("user", UUID.fromString(userId))
            .map(ApiKeyStore::map)
            .list());
  }

  /**
   * Records a key.
   *
   * @throws ConflictException when its name is taken
   */
  public void insert(ApiKey key, byte[] hash) {
    try {
      database.call(handle -> insert(handle, key, hash, false));
    } catch (StatementException e) {
      throw Database.isDuplicate(e)
          ? new ConflictException("API key with name " + key.name() + " already exists", e)
          : e;
    }
  }

  /** Makes this key the one that the first start hands out, in place of any earlier one. */
  public void replaceBootstrap(ApiKey key, byte[] hash) {
    database.transact(handle -> {
      handle
          .createUpdate("DELETE FROM api_keys WHERE bootstrap OR hash = :hash OR name = :name")
          .bind("hash", hash)
          .bind("name", key.name())
          .execute();
      return insert(handle, key, hash, true);
    });
  }

  /**
   * Takes back a key of the caller's user that allows no more than the caller may do; returns the
   * hash by which it was known.
   */
  public Optional<byte[]> remove(Caller caller, String name) {
    return database.call(handle ->
        handle
            .createQuery(
                "DELETE FROM api_keys WHERE organization_id = :organization AND user_id = :user"
                    + " AND name = :name AND permissions <@ CAST(:allowed AS text[])"
                    + " RETURNING hash")
            .bind("organization", UUID.fromString(caller.organizationId()))
            .bind("user", UUID.fromString(caller.userId()))
            .bind("name", name)
            .bindArray("allowed", String.class, List.copyOf(caller.permissions()))
            .mapTo(byte[].class)
            .findOne());
  }

  /**
   * Records when keys were used last.
   *
   * @param times by hash in hexadecimal digits
   */
  public void touch(Map<String, Instant> times) {
    database.call(handle -> {
      var batch = handle.prepareBatch("UPDATE api_keys SET last_used_at = :at WHERE hash = :hash");
      times.forEach((hash, at) ->
          batch
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .bind("hash", HexFormat.of().parseHex(hash))
              .add());
      return batch.execute();
    });
  }

  private static int insert(Handle handle, ApiKey key, byte[] hash, boolean bootstrap) {
    return handle
        .createUpdate(
            """
            INSERT INTO api_keys (hash, name, masked_value, user_id, organization_id, permissions,
              bootstrap, created_at, expires_at)
            VALUES (:hash, :name, :masked, :user, :organization, :permissions, :bootstrap, :created,
              :expires)
            """)
        .bind("hash", hash)
        .bind("name", key.name())
        .bind("masked", key.maskedValue())
        .bind("user", UUID.fromString(key.userId()))
        .bind("organization", UUID.fromString(key.organizationId()))
        .bindArray("permissions", String.class, List.copyOf(key.permissions()))
        .bind("bootstrap", bootstrap)
        .bind("created", key.createdAt().atOffset(ZoneOffset.UTC))
        .bind("expires", key.expiresAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
        .execute();
  }

  private static ApiKey map(ResultSet row, StatementContext context) throws SQLException {
    return new ApiKey(
        row.getString("name"),
        row.getString("masked_value"),
        row.getString("user_id"),
        row.getString("organization_id"),
        Set.copyOf(Columns.texts(row, "permissions")),
        Columns.time(row, "created_at"),
        Columns.optionalTime(row, "last_used_at"),
        Columns.optionalTime(row, "expires_at"));
  }
}
