package dev.paddock.toolbox.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.com/a.git, https://example.com/a.git, https://example.com",
    "https://u:p@example.com:8443/a.git, https://example.com:8443/a.git, https://example.com:8443",
    "http://u@[::1]:3000/a, http://[::1]:3000/a, http://[::1]:3000",
    "https://u:a@b@example.com/a@b.git, https://example.com/a@b.git, https://example.com",
    "https://example.com/a@b.git, https://example.com/a@b.git, https://example.com",
  })
  void credentialsAreTakenOutOfTheAddress(String url, String text, String origin) {
    RemoteUrl remote = RemoteUrl.parse(url);

    assertThat(remote.text()).isEqualTo(text);
    assertThat(remote.origin()).hasValue(origin);
  }

  @Test
  void whatWasInTheAddressIsDecoded() {
    RemoteUrl remote = RemoteUrl.parse("https://us%40er:p%3Aa+ss@example.com/a.git");

    assertThat(remote.embedded()).hasValue(new GitCredentials("us@er", "p:a+ss"));
    assertThat(RemoteUrl.parse("https://token@example.com/a").embedded())
        .hasValue(new GitCredentials("token", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"git@example.com:a/b.git", "/srv/a.git", "ssh://git@example.com/a", "../a b"})
  void otherRemotesStayAsTheyAre(String url) {
    RemoteUrl remote = RemoteUrl.parse(url);

    assertThat(remote.text()).isEqualTo(url);
    assertThat(remote.origin()).isEmpty();
    assertThat(remote.embedded()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "--upload-pack=x", "https://example.com/a\nb", "https://%zz@h/"})
  void whatIsNoAddressIsRefused(String url) {
    assertThatThrownBy(() -> RemoteUrl.parse(url)).isInstanceOf(InvalidException.class);
  }
}
