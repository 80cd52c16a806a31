package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.control.store.DatabaseConfig;
import dev.paddock.model.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What creates and deletes write, as the database itself sees it. */
class StatementsTest {
  private static TestControl test;

  @BeforeAll
  static void open() throws SQLException {
    test = new TestControl();
    execute("CREATE TABLE written (at serial, statement text)");
    execute(
        """
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO written (statement) VALUES (
            TG_OP || ', synchronous_commit ' || current_setting('synchronous_commit'));
          RETURN NULL;
        END $$
        """);
    execute(
        "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON sandboxes"
            + " FOR EACH STATEMENT EXECUTE FUNCTION note()");
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @BeforeEach
  void forget() throws SQLException {
    execute("DELETE FROM written");
  }

  @Test
  void aCreateFromAnImageThatIsThereIsOneDurableStatement() throws SQLException {
    create();

    assertThat(written()).containsExactly("INSERT, synchronous_commit on");
  }

  @Test
  void aDeleteIsOneDurableStatement() throws SQLException {
    Sandbox sandbox = create();
    forget();

    test.control().sandboxes().delete(test.caller(), sandbox.id().value());

    assertThat(written()).containsExactly("DELETE, synchronous_commit on");
  }

  private static Sandbox create() {
    return test.control().sandboxes().create(test.caller(), Requests.plain());
  }

  private static List<String> written() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT statement FROM written ORDER BY at")) {
      List<String> written = new ArrayList<>();
      while (rows.next()) {
        written.add(rows.getString(1));
      }
      return written;
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    DatabaseConfig database = test.database();
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
