package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.control.store.DatabaseConfig;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.snapshot.CreateSnapshot;
import dev.paddock.model.snapshot.ResourceRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which runtime a sandbox is started with. The server offers native, runc and runsc. */
class SandboxRuntimeTest {
  private TestControl test;

  @BeforeEach
  void open() {
    test = new TestControl();
    test.runner().images().store("localhost/cautious:1");
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void itIsTheSandboxsOwnElseItsSnapshotsElseTheServers() {
    snapshot("cautious", "runc");

    assertThat(startedWith(create(Requests.in("runsc", Requests.from("cautious")))))
        .isEqualTo("runsc");
    assertThat(startedWith(create(Requests.from("cautious")))).isEqualTo("runc");
    assertThat(startedWith(create(Requests.in("", Requests.from("cautious"))))).isEqualTo("runc");
    assertThat(startedWith(create(Requests.plain()))).isEqualTo("native");
  }

  @Test
  void aSandboxThatIsBuiltTakesItsOwnAsWell() {
    test.runner().images().publish("debian:13");

    assertThat(startedWith(create(Requests.in("runc", Requests.built("FROM debian:13\n")))))
        .isEqualTo("runc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "/usr/sbin/runc", "../runc", "RUNC", "runc ", " "})
  void whatIsNotOfferedIsRefusedWithAListOfWhatIs(String name) {
    String offer = "runtime must be one of native, runc, runsc";

    assertThatThrownBy(() -> create(Requests.in(name, Requests.plain())))
        .isInstanceOf(InvalidException.class)
        .hasMessage(offer);
    assertThatThrownBy(() -> snapshot("odd", name))
        .isInstanceOf(InvalidException.class)
        .hasMessage(offer);
    assertThat(test.runner().observe()).isEmpty();
  }

  @Test
  void itStaysWhenTheSandboxStartsAgainAndTheServersUsualOneIsAnother() {
    Sandbox usual = create(Requests.plain());
    Sandbox own = create(Requests.in("runsc", Requests.plain()));
    List.of(usual, own)
        .forEach(sandbox -> sandboxes().stop(test.caller(), sandbox.id().value(), true));

    test.restart(new OfferedRuntimes("runc", new TreeSet<>()));

    assertThat(startedWith(start(usual))).isEqualTo("native");
    assertThat(startedWith(start(own))).isEqualTo("runsc");
    assertThat(startedWith(create(Requests.plain()))).isEqualTo("runc");
  }

  @Test
  void aSnapshotWhoseRuntimeIsNoLongerOfferedNeedsAnother() {
    snapshot("cautious", "runsc");
    test.restart(new OfferedRuntimes("native", new TreeSet<>(List.of("runc"))));

    assertThatThrownBy(() -> create(Requests.from("cautious")))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "This server no longer offers the snapshot's runtime; name one of native, runc");
    assertThat(startedWith(create(Requests.in("runc", Requests.from("cautious")))))
        .isEqualTo("runc");
  }

  @Test
  void aSandboxThatWasRecordedWithoutOneGetsTheServersUsualOne() throws SQLException {
    Sandbox old = create(Requests.plain());
    sandboxes().stop(test.caller(), old.id().value(), true);
    execute("UPDATE sandboxes SET runtime = NULL");

    test.restart(new OfferedRuntimes("runc", new TreeSet<>()));

    assertThat(startedWith(start(old))).isEqualTo("runc");
  }

  private Sandboxes sandboxes() {
    return test.control().sandboxes();
  }

  private Sandbox create(CreateSandbox request) {
    return sandboxes().create(test.caller(), request);
  }

  private Sandbox start(Sandbox sandbox) {
    return sandboxes().start(test.caller(), sandbox.id().value());
  }

  /** What the host was told, which the record says as well. */
  private String startedWith(Sandbox sandbox) {
    String told = test.runner().spec(sandbox.id()).runtime().orElseThrow();
    assertThat(sandboxes().get(test.caller(), sandbox.id().value()).runtime()).isEqualTo(told);
    return told;
  }

  private void snapshot(String name, String runtime) {
    test.control()
        .snapshots()
        .create(
            test.caller(),
            new CreateSnapshot(
                name,
                Optional.of("localhost/cautious:1"),
                Optional.empty(),
                List.of(),
                ResourceRequest.NONE,
                Optional.empty(),
                Optional.of(runtime)));
  }

  private void execute(String sql) throws SQLException {
    DatabaseConfig database = test.database();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
