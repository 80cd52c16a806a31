package dev.paddock.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.access.ApiKey;
import dev.paddock.model.access.Caller;
import dev.paddock.model.access.CreatedKey;
import dev.paddock.model.access.Permission;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnauthorizedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
  private final TestControl test = new TestControl();
  private final ApiKeys keys = test.control().apiKeys();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void theBootstrapKeyMayDoEverything() {
    assertThat(test.key()).matches("dtn_[0-9a-f]{64}");
    assertThat(test.caller().permissions()).isEqualTo(Permission.all());
  }

  @Test
  void aKnownBootstrapKeyStaysValidAndANewOneReplacesIt() {
    assertThat(keys.bootstrap(Optional.of(test.key()))).isEqualTo(test.key());
    assertThat(keys.authenticate(test.key())).isEqualTo(test.caller());

    String chosen = "dtn_" + "ab".repeat(32);
    assertThat(keys.bootstrap(Optional.of(chosen))).isEqualTo(chosen);

    assertThat(keys.authenticate(chosen).permissions()).isEqualTo(Permission.all());
    assertThatThrownBy(() -> keys.authenticate(test.key()))
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void wrongTokensAreRefusedAlike() {
    for (String token : List.of("", "dtn_", "dtn_" + "0".repeat(64), "x".repeat(100_000))) {
      assertThatThrownBy(() -> keys.authenticate(token))
          .isInstanceOf(UnauthorizedException.class)
          .hasMessage("Invalid credentials");
    }
  }

  @Test
  void aKeyIsShownOnceAndMaskedAfterwards() {
    CreatedKey created =
        keys.create(test.caller(), "ci", Set.of("write:sandboxes"), Optional.empty());

    assertThat(keys.authenticate(created.value()).permissions()).containsExactly("write:sandboxes");
    assertThat(keys.list(test.caller()))
        .extracting(ApiKey::maskedValue)
        .contains(
            "dtn_" + "*".repeat(20) + created.value().substring(created.value().length() - 3));
    assertThat(created.toString()).doesNotContain(created.value());
  }

  @Test
  void theDatabaseHoldsNoKeyInTheClear() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                test.database().jdbcUrl(), test.database().user(), test.database().password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT k::text FROM api_keys k")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).doesNotContain(test.key().substring(4, 40));
    }
  }

  @Test
  void aDeletedKeyIsRefusedAtOnce() {
    String value = keys.create(test.caller(), "short", Set.of(), Optional.empty()).value();
    keys.authenticate(value);

    keys.delete(test.caller(), "short");

    assertThatThrownBy(() -> keys.authenticate(value)).isInstanceOf(UnauthorizedException.class);
    assertThatThrownBy(() -> keys.delete(test.caller(), "short"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aKeyCannotAllowMoreThanItsMaker() {
    Caller weak = new Caller(test.caller().userId(), test.caller().organizationId(), Set.of());

    assertThatThrownBy(
            () -> keys.create(weak, "more", Set.of("delete:sandboxes"), Optional.empty()))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void aKeyCannotDeleteOneThatAllowsMore() {
    String strong =
        keys.create(test.caller(), "strong", Set.of("write:sandboxes"), Optional.empty()).value();
    Caller weak =
        keys.authenticate(keys.create(test.caller(), "weak", Set.of(), Optional.empty()).value());

    assertThatThrownBy(() -> keys.delete(weak, "strong"))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining("allows more");
    assertThat(keys.authenticate(strong).permissions()).containsExactly("write:sandboxes");
  }

  @Test
  void aKeyMayDeleteItselfAndOnesThatAllowNoMore() {
    String maker =
        keys.create(test.caller(), "maker", Set.of("write:sandboxes"), Optional.empty()).value();
    Caller caller = keys.authenticate(maker);
    keys.create(caller, "same", Set.of("write:sandboxes"), Optional.empty());
    keys.create(caller, "less", Set.of(), Optional.empty());

    keys.delete(caller, "same");
    keys.delete(caller, "less");
    keys.delete(caller, "maker");

    assertThat(keys.list(test.caller())).extracting(ApiKey::name).containsExactly("bootstrap");
  }

  @Test
  void namesAreUniqueAndExpiriesLieAhead() {
    keys.create(test.caller(), "same", Set.of(), Optional.empty());

    assertThatThrownBy(() -> keys.create(test.caller(), "same", Set.of(), Optional.empty()))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(
            () -> keys.create(test.caller(), "old", Set.of(), Optional.of(Instant.EPOCH)))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void useIsWrittenDown() {
    keys.authenticate(test.key());
    keys.flush();

    assertThat(keys.list(test.caller()))
        .allSatisfy(key -> assertThat(key.lastUsedAt()).isPresent());
  }
}
