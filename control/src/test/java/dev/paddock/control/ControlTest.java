package dev.paddock.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.control.config.ControlConfig;
import dev.paddock.control.config.Defaults;
import dev.paddock.control.config.PublicAddresses;
import dev.paddock.control.fixture.InMemoryRunner;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.control.fixture.TestDatabase;
import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.control.store.DatabaseConfig;
import dev.paddock.model.Region;
import dev.paddock.model.failure.UnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
  @TempDir Path stateDir;

  @Test
  void theFirstStartMakesARegion() {
    try (TestControl test = new TestControl()) {
      assertThat(test.control().regions().list()).extracting(Region::id).containsExactly("us");
      assertThat(test.control().ready()).isTrue();
    }
  }

  @Test
  void aStateDirectoryRefusesAnotherDatabaseBecauseItsSandboxesWouldBeRemoved() {
    try (Control first = open(TestDatabase.fresh())) {
      assertThat(first.ready()).isTrue();
    }
    DatabaseConfig other = TestDatabase.fresh();

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("This data directory belongs to another database");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidSo() {
    DatabaseConfig nowhere = new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/x", "u", "p", 2);

    assertThatThrownBy(() -> open(nowhere))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("database");
  }

  @Test
  void theDatabaseHoldsNoSecretOfASandboxInTheClear() throws SQLException {
    try (TestControl test = new TestControl()) {
      var sandboxes = test.control().sandboxes();
      var request = Requests.with(Requests.plain(), Map.of("TOKEN", "very-secret"), Map.of());
      var sandbox = sandboxes.create(test.caller(), request);
      String token = sandboxes.previewLink(test.caller(), sandbox.name(), 80).token();
      DatabaseConfig database = test.database();
      try (Connection connection =
              DriverManager.getConnection(
                  database.jdbcUrl(), database.user(), database.password());
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT s::text, encode(env, 'escape'), encode(preview_token, 'escape')"
                      + " FROM sandboxes s")) {
        assertThat(rows.next()).isTrue();
        String row = rows.getString(1) + rows.getString(2) + rows.getString(3);
        assertThat(row).doesNotContain("very-secret", token);
      }
    }
  }

  private Control open(DatabaseConfig database) {
    PublicAddresses addresses = new PublicAddresses("http", "proxy.localhost:4000", "http://x");
    return Control.open(
        new ControlConfig(
            database,
            stateDir,
            addresses,
            Defaults.standard("default", new OfferedRuntimes("native", new TreeSet<>())),
            AdmissionLimits.standard(2),
            Map.of()),
        new InMemoryRunner());
  }
}
