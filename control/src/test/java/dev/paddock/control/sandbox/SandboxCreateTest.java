package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.control.store.DatabaseConfig;
import dev.paddock.model.Resources;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.snapshot.ResourceRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxCreateTest {
  private static TestControl test;
  private static Sandboxes sandboxes;
  private static Caller caller;

  @BeforeAll
  static void open() {
    test = new TestControl();
    sandboxes = test.control().sandboxes();
    caller = test.caller();
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @AfterEach
  void clear() {
    test.runner().clear();
  }

  @Test
  void theAnswerIsAStartedSandboxWithTheDefaults() {
    Sandbox sandbox = sandboxes.create(caller, Requests.plain());

    assertThat(sandbox.status().state()).isEqualTo(SandboxState.STARTED);
    assertThat(sandbox.name()).isEqualTo(sandbox.id().value());
    assertThat(sandbox.resources()).isEqualTo(new Resources(1, 2, 5));
    assertThat(sandbox.intervals()).isEqualTo(AutoIntervals.DEFAULT);
    assertThat(sandbox.region()).isEqualTo("us");
    assertThat(sandbox.shownUser()).isEqualTo("daytona");
    assertThat(sandbox.origin().snapshot()).contains(TestControl.SNAPSHOT);
  }

  @Test
  void whatWasCreatedIsReadBackTheSame() {
    Sandbox created =
        sandboxes.create(
            caller,
            Requests.with(
                Requests.named("round trip ä"),
                Map.of("SECRET", "s3cret\nline", "EMPTY", ""),
                Map.of("team", "blau", "quote", "\"'{}")));

    Sandbox read = sandboxes.get(caller, "round trip ä");

    assertThat(read).usingRecursiveComparison().ignoringFields("times").isEqualTo(created);
    assertThat(read.times().createdAt()).isEqualTo(created.times().createdAt());
    assertThat(test.runner().spec(created.id()).env()).containsEntry("SECRET", "s3cret\nline");
  }

  @Test
  void aTakenNameIsAConflictUntilItsSandboxIsDeleted() {
    sandboxes.create(caller, Requests.named("taken"));

    assertThatThrownBy(() -> sandboxes.create(caller, Requests.named("taken")))
        .isInstanceOf(ConflictException.class)
        .hasMessage("Sandbox with name taken already exists");

    sandboxes.delete(caller, "taken");
    assertThat(sandboxes.create(caller, Requests.named("taken")).name()).isEqualTo("taken");
  }

  @Test
  void ofManyCreatesWithOneNameOneWins() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> create =
          () -> {
            try {
              sandboxes.create(caller, Requests.named("contested"));
              return true;
            } catch (ConflictException lost) {
              return false;
            }
          };
      int won = 0;
      for (Future<Boolean> result : threads.invokeAll(Collections.nCopies(8, create))) {
        won += result.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(test.runner().observe()).hasSize(sandboxes.all(caller, SandboxFilter.ALL).size());
  }

  @Test
  void aTakenNameStartsNothing() {
    sandboxes.create(caller, Requests.named("settled"));
    test.runner()
        .at(
            Spot.BEFORE_CREATE,
            () -> {
              throw new AssertionError("It was started");
            });

    assertThatThrownBy(() -> sandboxes.create(caller, Requests.named("settled")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void aNameThatAnotherServerTookMeanwhileIsAConflictAndLeavesNothing() throws SQLException {
    Sandbox other = sandboxes.create(caller, Requests.named("theirs for now"));
    int before = test.runner().observe().size();

    try (Connection theirs = anotherServer()) {
      rename(theirs, other, "raced");
      test.runner().at(Spot.AFTER_CREATE, () -> commit(theirs));

      assertThatThrownBy(() -> sandboxes.create(caller, Requests.named("raced")))
          .isInstanceOf(ConflictException.class)
          .hasMessage("Sandbox with name raced already exists");
    }

    assertThat(test.runner().observe()).hasSize(before);
    assertThat(sandboxes.get(caller, "raced").id()).isEqualTo(other.id());
  }

  @Test
  void whileASandboxIsMadeNobodySeesIt() {
    test.runner()
        .at(
            Spot.AFTER_CREATE,
            () ->
                assertThatThrownBy(() -> sandboxes.get(caller, "in the making"))
                    .isInstanceOf(NotFoundException.class));

    sandboxes.create(caller, Requests.named("in the making"));

    assertThat(sandboxes.get(caller, "in the making").status().state())
        .isEqualTo(SandboxState.STARTED);
  }

  /** As another process on the same database has. */
  private static Connection anotherServer() throws SQLException {
    DatabaseConfig database = test.database();
    Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private static void rename(Connection connection, Sandbox sandbox, String name)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE sandboxes SET name = ? WHERE id = ?::uuid")) {
      update.setString(1, name);
      update.setString(2, sandbox.id().value());
      update.executeUpdate();
    }
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailureOnTheHostLeavesNoRowAndNothingOnTheHost() {
    test.runner()
        .at(
            Spot.AFTER_CREATE,
            () -> {
              throw new InvalidException("no such user: nobody2");
            });

    assertThatThrownBy(() -> sandboxes.create(caller, Requests.named("failing")))
        .isInstanceOf(InvalidException.class)
        .hasMessage("Sandbox failed to start: no such user: nobody2");

    assertThatThrownBy(() -> sandboxes.get(caller, "failing"))
        .isInstanceOf(NotFoundException.class);
    assertThat(test.runner().observe()).hasSize(sandboxes.all(caller, SandboxFilter.ALL).size());
  }

  @Test
  void whatAHostCannotCleanUpIsLeftToTheReconciler() {
    test.runner()
        .at(
            Spot.AFTER_CREATE,
            () -> {
              throw new UnavailableException("host down");
            });
    test.runner()
        .at(
            Spot.BEFORE_DESTROY,
            () -> {
              throw new UnavailableException("host down");
            });
    int before = sandboxes.all(caller, SandboxFilter.ALL).size();
    assertThat(test.runner().observe()).hasSize(before);

    assertThatThrownBy(() -> sandboxes.create(caller, Requests.named("stuck")))
        .isInstanceOf(UnavailableException.class);
    assertThat(test.runner().observe()).hasSize(before + 1);

    test.runner().clear();
    test.control().reconcile();
    assertThat(test.runner().observe()).hasSize(before);
    assertThat(sandboxes.all(caller, SandboxFilter.ALL)).hasSize(before);
  }

  @Test
  void anUnknownSnapshotIsNamed() {
    assertThatThrownBy(() -> sandboxes.create(caller, Requests.from("nothing:1")))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("Snapshot nothing:1 not found");
  }

  @Test
  void sizesDoNotGoWithASnapshot() {
    ResourceRequest cpu =
        new ResourceRequest(
            OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    var request = Requests.built("FROM x:1\n", cpu);
    var both =
        new CreateSandbox(
            request.name(),
            request.snapshot(),
            Optional.empty(),
            request.user(),
            request.env(),
            request.labels(),
            request.resources(),
            false,
            request.network(),
            request.autoStop(),
            request.autoArchive(),
            request.autoDelete(),
            request.target(),
            request.runtime(),
            request.unsupported());

    assertThatThrownBy(() -> sandboxes.create(caller, both))
        .isInstanceOf(InvalidException.class)
        .hasMessage("Cannot specify Sandbox resources when using a snapshot");
  }

  @Test
  void absurdSizesAreRefused() {
    for (int cpu : List.of(-1, 0, 1_000_000)) {
      ResourceRequest sizes =
          new ResourceRequest(
              OptionalInt.of(cpu), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
      assertThatThrownBy(() -> sandboxes.create(caller, Requests.built("FROM x:1\n", sizes)))
          .isInstanceOf(InvalidException.class)
          .hasMessageStartingWith("cpu ");
    }
  }

  @Test
  void namesWithMarkupAndAddressesAreRefused() {
    for (String name : List.of("<b>", "see http://evil.example", " ", "a\u0000b")) {
      assertThatThrownBy(() -> sandboxes.create(caller, Requests.named(name)))
          .as(name)
          .isInstanceOf(InvalidException.class);
    }
  }

  @Test
  void aKeyWithoutThePermissionIsRefused() {
    Caller reader = new Caller(caller.userId(), caller.organizationId(), Set.of());

    assertThatThrownBy(() -> sandboxes.create(reader, Requests.plain()))
        .isInstanceOf(ForbiddenException.class);
  }

  @Test
  void anotherOrganisationSeesNothing() {
    Sandbox sandbox = sandboxes.create(caller, Requests.plain());
    Caller stranger =
        new Caller(caller.userId(), UUID.randomUUID().toString(), caller.permissions());

    assertThatThrownBy(() -> sandboxes.get(stranger, sandbox.id().value()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> sandboxes.delete(stranger, sandbox.id().value()))
        .isInstanceOf(NotFoundException.class);
    assertThat(sandboxes.all(stranger, SandboxFilter.ALL)).isEmpty();
  }
}
