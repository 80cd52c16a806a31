package dev.paddock.control.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.paddock.model.failure.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/** A migrated PostgreSQL database behind a small pool of connections. */
public final class Database implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int STATEMENT_SECONDS = 30;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi =
        Jdbi.create(pool)
            .installPlugin(new PostgresPlugin())
            .registerArrayType(String.class, "text")
            .registerArrayType(UUID.class, "uuid")
            .registerArrayType(Long.class, "bigint");
  }

  /**
   * Connects and brings the schema up to date.
   *
   * @throws UnavailableException when the database does not answer or its schema is newer
   */
  public static Database open(DatabaseConfig config) {
    HikariDataSource pool = pool(config);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:dev/paddock/control/store/migration")
          .load()
          .migrate();
      return new Database(pool);
    } catch (FlywayException e) {
      pool.close();
      throw new UnavailableException(
          "The database could not be brought up to date; is it another program's, or from a newer"
              + " version?",
          e);
    }
  }

  /** Whether it answers within two seconds. */
  public boolean answers() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Runs statements, each of which commits by itself. */
  <T extends @Nullable Object> T call(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw reason(e);
    }
  }

  /** Begins statements that are committed by whoever asked for them. */
  OpenTransaction begin(HandleConsumer<RuntimeException> work) {
    return OpenTransaction.begin(jdbi, work);
  }

  /** What to tell of a failure: a database that is not there is nobody's mistake. */
  static RuntimeException reason(JdbiException failure) {
    return switch (failure) {
      case ConnectionException e -> unavailable(e);
      case TransactionException e -> unavailable(e);
      case StatementException e when connectionLost(e) -> unavailable(e);
      default -> failure;
    };
  }

  /** Runs statements that commit together. */
  <T extends @Nullable Object> T transact(HandleCallback<T, RuntimeException> work) {
    return call((Handle handle) -> handle.inTransaction(work));
  }

  /** Whether a statement failed because a unique key was taken. */
  static boolean isDuplicate(StatementException e) {
    return "23505".equals(sqlState(e));
  }

  private static boolean connectionLost(StatementException e) {
    String state = sqlState(e);
    return state.startsWith("08") || state.startsWith("57P");
  }

  private static String sqlState(StatementException e) {
    return e.getCause() instanceof SQLException cause && cause.getSQLState() != null
        ? cause.getSQLState()
        : "";
  }

  private static UnavailableException unavailable(JdbiException e) {
    return new UnavailableException("The database does not answer; try again shortly", e);
  }

  private static HikariDataSource pool(DatabaseConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("paddock");
    hikari.setJdbcUrl(config.jdbcUrl());
    if (!config.user().isEmpty()) {
      hikari.setUsername(config.user());
      hikari.setPassword(config.password());
    }
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(2);
    hikari.setConnectionTimeout(CONNECT.toMillis());
    hikari.setAutoCommit(true);
    hikari.addDataSourceProperty("prepareThreshold", "1");
    hikari.addDataSourceProperty("socketTimeout", Integer.toString(STATEMENT_SECONDS));
    hikari.addDataSourceProperty("ApplicationName", "paddock");
    try {
      return new HikariDataSource(hikari);
    } catch (HikariPool.PoolInitializationException e) {
      throw new UnavailableException(
          "The database does not answer or refuses the user; check its URL", e);
    }
  }
}
