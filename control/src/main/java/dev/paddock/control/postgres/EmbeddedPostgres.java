package dev.paddock.control.postgres;

import dev.paddock.control.store.DatabaseConfig;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to one data directory. It listens on loopback only, with a
 * random password, and outlives a server that is killed: the next one adopts it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int ATTEMPTS = 3;
  private static final int ANSWER_SECONDS = 10;
  private static final int STOP_SECONDS = 30;

  private final Cluster cluster;
  private final Postmaster postmaster;

  private EmbeddedPostgres(Cluster cluster, Postmaster postmaster) {
    this.cluster = cluster;
    this.postmaster = postmaster;
  }

  /**
   * Adopts the server that runs on {@code directory}, or starts one, making its files first if need
   * be. Blocks until it takes connections: about two seconds the first time, a quarter of one
   * later.
   *
   * @param directory its own; made if absent
   * @throws UnavailableException when it cannot be brought up
   */
  public static EmbeddedPostgres start(Path directory) {
    try {
      Path home = prepare(directory);
      Cluster cluster = Cluster.open(home);
      Optional<Postmaster> running = Postmaster.find(cluster.data());
      Postmaster postmaster = running.isPresent() ? cluster.await(running.get()) : launch(cluster);
      EmbeddedPostgres postgres = new EmbeddedPostgres(cluster, postmaster);
      postgres.requireAnswer();
      return postgres;
    } catch (IOException e) {
      throw new UnavailableException(
          "The embedded database did not start: see postgres/postgres.log in the data directory",
          e);
    }
  }

  /** How to reach it. */
  public DatabaseConfig database() {
    String url = "jdbc:postgresql://127.0.0.1:" + postmaster.port() + "/postgres";
    return new DatabaseConfig(
        url, Cluster.ROLE, cluster.password(), DatabaseConfig.DEFAULT_POOL_SIZE);
  }

  /** Its main process. */
  public long pid() {
    return postmaster.pid();
  }

  /**
   * Stops it: open transactions are rolled back, committed ones are safe. Blocks until it ended.
   */
  @Override
  public void close() {
    Optional<ProcessHandle> process = ProcessHandle.of(postmaster.pid());
    if (process.isEmpty()) {
      return;
    }
    try {
      // Fast shutdown; SIGTERM, all that ProcessHandle can send, would wait for other sessions.
      Cluster.signal(postmaster.pid(), "INT");
      process.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | IOException e) {
      LOG.warn("The embedded database did not stop in time and is killed", e);
      process.get().destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path prepare(Path directory) throws IOException {
    Path home = Files.createDirectories(directory).toRealPath();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  /** Another process may take the port between its choice and its use, hence the attempts. */
  private static Postmaster launch(Cluster cluster) throws IOException {
    Postmaster.removeStaleLock(cluster.data());
    for (int attempt = 1; ; attempt++) {
      try {
        return cluster.launch();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("The embedded database did not start and is tried again", e);
      }
    }
  }

  private void requireAnswer() throws IOException {
    DatabaseConfig database = database();
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("loginTimeout", Integer.toString(ANSWER_SECONDS));
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties)) {
      if (!connection.isValid(ANSWER_SECONDS)) {
        throw new IOException("The embedded database does not answer");
      }
    } catch (SQLException e) {
      throw new IOException("The embedded database does not answer", e);
    }
  }
}
