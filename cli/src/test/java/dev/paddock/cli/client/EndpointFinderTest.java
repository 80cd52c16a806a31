package dev.paddock.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointFinderTest {
  @TempDir private Path dataDir;

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    EndpointFinder finder =
        new EndpointFinder(
            Map.of("DAYTONA_API_URL", "http://env/api", "DAYTONA_API_KEY", "env"), dataDir);

    Endpoint endpoint = finder.find(Optional.of("http://option/api/"), Optional.of("option"));

    assertThat(endpoint.apiUrl()).hasToString("http://option/api");
    assertThat(endpoint.apiKey()).isEqualTo("option");
  }

  @Test
  void theServerOfThisMachineIsFoundThroughItsAdminEnv() throws IOException {
    Files.writeString(
        dataDir.resolve("admin.env"),
        "DAYTONA_API_KEY=dtn_file\nDAYTONA_API_URL=http://localhost:3100/api\n");

    Endpoint endpoint =
        new EndpointFinder(Map.of(), dataDir).find(Optional.empty(), Optional.empty());

    assertThat(endpoint.apiUrl()).hasToString("http://localhost:3100/api");
    assertThat(endpoint.apiKey()).isEqualTo("dtn_file");
  }

  @Test
  void aMissingKeySaysHowToGetOne() {
    EndpointFinder finder = new EndpointFinder(Map.of(), dataDir);

    assertThatThrownBy(() -> finder.find(Optional.empty(), Optional.empty()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("paddock up")
        .hasMessageContaining("DAYTONA_API_KEY");
  }

  @Test
  void aUrlThatIsNoneIsRefused() {
    EndpointFinder finder = new EndpointFinder(Map.of("DAYTONA_API_KEY", "key"), dataDir);

    assertThatThrownBy(() -> finder.find(Optional.of("not a url"), Optional.empty()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("Not an API URL: not a url");
  }

  @Test
  void theKeyNeverShowsInText() {
    EndpointFinder finder = new EndpointFinder(Map.of("DAYTONA_API_KEY", "dtn_secret"), dataDir);

    assertThat(finder.find(Optional.empty(), Optional.empty()).toString())
        .doesNotContain("dtn_secret");
  }
}
