package dev.paddock.control.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.control.store.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  /** Mode 0700 and root's, as a data directory below a home directory would be. */
  @TempDir static Path directory;

  @Test
  void aSecondStartKeepsTheDataAndIgnoresAStaleLockFile() throws Exception {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(directory)) {
      execute(first.database(), "CREATE TABLE IF NOT EXISTS kept (n int)");
    }
    // After a reboot the pid in the lock file may belong to any other process.
    Files.writeString(
        directory.resolve("data/postmaster.pid"),
        ProcessHandle.current().pid()
            + "\n/mnt/data\n1700000000\n5432\n\n127.0.0.1\n  1 2\nready\n");
    try (EmbeddedPostgres second = EmbeddedPostgres.start(directory)) {
      assertThat(query(second.database(), "SELECT count(*) FROM kept")).isEqualTo("0");
    }
  }

  @Test
  void aServerThatWasLeftRunningIsAdopted() {
    try (EmbeddedPostgres left = EmbeddedPostgres.start(directory)) {
      EmbeddedPostgres adopted = EmbeddedPostgres.start(directory);
      assertThat(adopted.pid()).isEqualTo(left.pid());
      assertThat(adopted.database()).isEqualTo(left.database());
    }
  }

  @Test
  void itStopsAlthoughSomebodyIsConnected() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
    try (Connection connection = connect(postgres.database())) {
      postgres.close();
      assertThat(connection.isValid(1)).isFalse();
    }
    assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
  }

  @Test
  void itRunsWithoutPrivilegesAndInTheVersionThatItClaims() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
      assertThat(status(postgres.pid(), "Uid")).doesNotContain("\t0");
      assertThat(status(postgres.pid(), "CapBnd")).isEqualTo("0000000000000000");
      assertThat(query(postgres.database(), "SHOW server_version") + ".0")
          .isEqualTo(PostgresBinaries.VERSION);
    }
  }

  @Test
  void theDatabaseSpeaksUtf8() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
      assertThat(query(postgres.database(), "SELECT upper('ä')")).isEqualTo("Ä");
    }
  }

  private static String status(long pid, String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).replaceFirst("^\t", ""))
        .findFirst()
        .orElseThrow();
  }

  private static void execute(DatabaseConfig database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(DatabaseConfig database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  private static Connection connect(DatabaseConfig database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
