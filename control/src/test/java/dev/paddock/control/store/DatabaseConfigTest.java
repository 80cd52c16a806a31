package dev.paddock.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {
  @Test
  void aUrlWithCredentialsIsTakenApart() {
    DatabaseConfig config =
        DatabaseConfig.parse("postgres://joe:p%40ss+word@db.example:5433/paddock?sslmode=require");

    assertThat(config.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:5433/paddock?sslmode=require");
    assertThat(config.user()).isEqualTo("joe");
    assertThat(config.password()).isEqualTo("p@ss+word");
    assertThat(config.toString()).doesNotContain("p@ss");
  }

  @Test
  void aJdbcUrlIsTakenAsItIs() {
    String url = "jdbc:postgresql://db/paddock?user=joe&password=secret";

    assertThat(DatabaseConfig.parse(url).jdbcUrl()).isEqualTo(url);
    assertThat(DatabaseConfig.parse(url).toString()).doesNotContain("secret");
  }

  @Test
  void anythingElseIsRefusedWithoutRepeatingIt() {
    for (String url :
        List.of("", "mysql://u:secret@h/d", "postgres://", "post gres://u:secret@h")) {
      assertThatThrownBy(() -> DatabaseConfig.parse(url))
          .isInstanceOf(InvalidException.class)
          .hasMessageNotContaining("secret");
    }
  }
}
