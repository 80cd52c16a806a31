package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host name asks for. */
final class PreviewHostTest {
  private static final String DOMAIN = "proxy.example.org:4000";

  @ParameterizedTest
  @CsvSource({
    "3000-abc.proxy.example.org:4000, 3000, abc",
    "3000-abc.proxy.example.org, 3000, abc",
    "3000-ABC.Proxy.Example.org., 3000, abc",
    "1-a.other.test:80, 1, a",
    "65535-a-b-c.x, 65535, a-b-c",
    "80-abc, 80, abc",
  })
  void aPreviewHostNamesPortAndSandbox(String host, int port, String sandboxId) {
    assertThat(PreviewHost.parse(host, DOMAIN)).isEqualTo(new PreviewHost.Port(port, sandboxId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy.example.org",
        "proxy.example.org:4000",
        "PROXY.example.org",
        "localhost:4000",
        "127.0.0.1:4000",
        "[::1]:4000",
        "-abc.x",
        "3000-.x",
        "a3000-abc.x",
        "3000abc.x"
      })
  void everythingElseIsTheBase(String host) {
    assertThat(PreviewHost.parse(host, DOMAIN)).isEqualTo(new PreviewHost.Base());
  }

  @Test
  void theConfiguredDomainIsTheBaseWhateverItLooksLike() {
    assertThat(PreviewHost.parse("80-abc.org", "80-abc.org:4000"))
        .isEqualTo(new PreviewHost.Base());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-abc.x", "65536-abc.x", "00000000080-abc.x"})
  void aNumberThatIsNoPortIsKnownForOne(String host) {
    assertThat(PreviewHost.parse(host, DOMAIN)).isInstanceOf(PreviewHost.NoSuchPort.class);
  }
}
