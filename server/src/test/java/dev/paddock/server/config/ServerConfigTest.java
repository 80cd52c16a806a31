package dev.paddock.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.model.failure.InvalidException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
  private static final Installation INSTALLATION =
      new Installation(
          Path.of("/agent"), Path.of("/launcher"), Path.of("/images"), Path.of("/bin/paddock"));

  @Test
  void withoutAnySettingItServesThisMachineOnly() {
    ServerConfig config = read(Map.of());

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.apiPort()).isEqualTo(3000);
    assertThat(config.proxyPort()).isEqualTo(4000);
    assertThat(config.publicUrl()).isEqualTo(URI.create("http://localhost:3000"));
    assertThat(config.apiUrl()).isEqualTo("http://localhost:3000/api");
    assertThat(config.proxyDomain()).isEqualTo("proxy.localhost:4000");
    assertThat(config.proxyProtocol()).isEqualTo("http");
    assertThat(config.databaseUrl()).isEmpty();
    assertThat(config.runtimes().usual()).isEqualTo("native");
    assertThat(config.runtimes().names()).containsExactly("native", "runc");
    assertThat(config.region()).isEqualTo("us");
    assertThat(config.imageCache()).isEqualTo(Path.of("/var/cache/paddock/images"));
    assertThat(config.admission())
        .isEqualTo(AdmissionLimits.standard(Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void everySettingIsTakenFromTheEnvironment() {
    ServerConfig config =
        read(
            Map.of(
                "PADDOCK_HOST", "0.0.0.0",
                "PADDOCK_API_PORT", "3100",
                "PADDOCK_PROXY_PORT", "4100",
                "PADDOCK_PUBLIC_URL", "https://paddock.example.com/",
                "PADDOCK_PROXY_DOMAIN", "preview.example.com",
                "PADDOCK_PROXY_PROTOCOL", "https",
                "PADDOCK_DATABASE_URL", "postgres://u:p@db/paddock",
                "PADDOCK_RUNTIMES", "runc, kata-runtime",
                "PADDOCK_REGION", "eu",
                "PADDOCK_IMAGE_CACHE", "/images"));

    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.apiPort()).isEqualTo(3100);
    assertThat(config.proxyPort()).isEqualTo(4100);
    assertThat(config.apiUrl()).isEqualTo("https://paddock.example.com/api");
    assertThat(config.proxyDomain()).isEqualTo("preview.example.com");
    assertThat(config.proxyProtocol()).isEqualTo("https");
    assertThat(config.databaseUrl()).isEqualTo(Optional.of("postgres://u:p@db/paddock"));
    assertThat(config.runtimes().names()).containsExactly("kata-runtime", "native", "runc");
    assertThat(config.region()).isEqualTo("eu");
    assertThat(config.imageCache()).isEqualTo(Path.of("/images"));
  }

  @Test
  void howMuchTheHostTakesOnCanBeSet() {
    ServerConfig config =
        read(
            Map.of(
                "PADDOCK_CREATES_AT_ONCE", "3",
                "PADDOCK_QUEUE_LENGTH", "0",
                "PADDOCK_QUEUE_SECONDS", "7",
                "PADDOCK_CPU_OVERCOMMIT", "1.5",
                "PADDOCK_MEMORY_OVERCOMMIT", "2"));

    assertThat(config.admission())
        .isEqualTo(new AdmissionLimits(3, 0, Duration.ofSeconds(7), 1.5, 2));
  }

  @Test
  void howManySandboxesAreBegunAheadCanBeSet() {
    assertThat(read(Map.of()).readySandboxes()).isEqualTo(128);
    assertThat(read(Map.of("PADDOCK_READY_SANDBOXES", "0")).readySandboxes()).isZero();
  }

  @Test
  void warmPoolsAreNamedWithTheirSizes() {
    assertThat(read(Map.of()).warmPools()).isEmpty();
    assertThat(read(Map.of("PADDOCK_WARM_POOLS", "default=3, mine:1.2=0")).warmPools())
        .isEqualTo(Map.of("default", 3, "mine:1.2", 0));
  }

  @Test
  void theUsualRuntimeMayAlwaysBeNamed() {
    ServerConfig config = read(Map.of("PADDOCK_RUNTIME", "crun", "PADDOCK_RUNTIMES", ""));

    assertThat(config.runtimes().usual()).isEqualTo("crun");
    assertThat(config.runtimes().names()).containsExactly("crun");
  }

  @Test
  void addressesFollowThePorts() {
    ServerConfig config = read(Map.of("PADDOCK_API_PORT", "3100", "PADDOCK_PROXY_PORT", "4100"));

    assertThat(config.apiUrl()).isEqualTo("http://localhost:3100/api");
    assertThat(config.proxyDomain()).isEqualTo("proxy.localhost:4100");
  }

  @ParameterizedTest
  @CsvSource({
    "PADDOCK_API_PORT, seventy",
    "PADDOCK_API_PORT, 70000",
    "PADDOCK_PROXY_PORT, -1",
    "PADDOCK_READY_SANDBOXES, many",
    "PADDOCK_PUBLIC_URL, ftp://x",
    "PADDOCK_PUBLIC_URL, not a url",
    "PADDOCK_PROXY_PROTOCOL, gopher",
    "PADDOCK_RUNTIME, ../runc",
    "PADDOCK_RUNTIMES, /usr/sbin/runc",
    "PADDOCK_CREATES_AT_ONCE, 0",
    "PADDOCK_CREATES_AT_ONCE, 1.5",
    "PADDOCK_QUEUE_SECONDS, -1",
    "PADDOCK_CPU_OVERCOMMIT, 0",
    "PADDOCK_MEMORY_OVERCOMMIT, much",
    "PADDOCK_WARM_POOLS, default",
    "PADDOCK_WARM_POOLS, default=many",
    "PADDOCK_WARM_POOLS, default=-1",
  })
  void aWrongSettingIsNamed(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining(name);
  }

  private static ServerConfig read(Map<String, String> environment) {
    return ServerConfig.read(environment, Path.of("/data"), INSTALLATION);
  }
}
