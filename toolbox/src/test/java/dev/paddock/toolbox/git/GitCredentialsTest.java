package dev.paddock.toolbox.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import org.junit.jupiter.api.Test;

class GitCredentialsTest {
  @Test
  void theyAreForOneServer() {
    GitCredentials credentials = new GitCredentials("user", "secret");

    assertThat(credentials.at(RemoteUrl.parse("https://example.com/a")).orElseThrow().options())
        .contains("credential.helper=")
        .anyMatch(option -> option.startsWith("credential.https://example.com.helper=!"))
        .noneMatch(option -> option.contains("secret"));
    assertThat(credentials.at(RemoteUrl.parse("/srv/a.git"))).isEmpty();
  }

  @Test
  void thePasswordIsInNoText() {
    assertThat(new GitCredentials("user", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void noneAreNone() {
    assertThat(GitCredentials.of(null, null)).isEmpty();
    assertThat(GitCredentials.of("", "")).isEmpty();
    assertThat(GitCredentials.of(null, "token")).hasValue(new GitCredentials("", "token"));
  }

  @Test
  void aLineBreakWouldForgeALine() {
    assertThatThrownBy(() -> GitCredentials.of("a\nhost=b", "c"))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("username must be");
  }
}
