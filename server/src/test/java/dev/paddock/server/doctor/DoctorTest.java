package dev.paddock.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.paddock.server.config.Installation;
import dev.paddock.server.config.ServerConfig;
import dev.paddock.server.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path dataDir;

  @Test
  void whatIsWrongComesWithARemedy() {
    List<Finding> findings =
        new Doctor(config(Map.of("PADDOCK_RUNTIME", "no-such-runtime"))).host();

    assertThat(findings)
        .filteredOn(finding -> finding.level() != Level.OK)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(finding.name()).isEqualTo("no-such-runtime");
          assertThat(finding.remedy()).isEqualTo("apt-get install no-such-runtime");
        });
  }

  @Test
  void aRuntimeThatIsMissingIsAFailureOnlyWhenItIsTheUsualOne() {
    Map<String, String> settings =
        Map.of("PADDOCK_RUNTIME", "no-such-runtime", "PADDOCK_RUNTIMES", "native,nor-this-one");

    assertThat(new Doctor(config(settings)).host())
        .extracting(Finding::name, Finding::level)
        .contains(
            tuple("no-such-runtime", Level.FAILURE),
            tuple("native", Level.OK),
            tuple("nor-this-one", Level.WARNING));
  }

  @Test
  void theKernelOfAHostThatRunsTheseTestsWillDo() {
    assertThat(new Doctor(config(Map.of())).host())
        .filteredOn(finding -> List.of("kernel", "overlayfs", "cgroups").contains(finding.name()))
        .hasSize(3)
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
  }

  @Test
  void aTakenPortIsNamedWithTheSettingThatMovesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerConfig config =
          config(Map.of("PADDOCK_API_PORT", Integer.toString(taken.getLocalPort())));

      assertThat(new Doctor(config).all(false))
          .anySatisfy(finding -> {
            assertThat(finding.name()).isEqualTo("API port");
            assertThat(finding.level()).isEqualTo(Level.FAILURE);
            assertThat(finding.remedy()).contains("PADDOCK_API_PORT");
          });
    }
  }

  private ServerConfig config(Map<String, String> environment) {
    Installation installation =
        new Installation(
            dataDir.resolve("no-agent"),
            dataDir.resolve("no-launcher"),
            dataDir,
            dataDir.resolve("paddock"));
    return ServerConfig.read(environment, dataDir, installation);
  }
}
