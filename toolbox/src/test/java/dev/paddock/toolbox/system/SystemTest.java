package dev.paddock.toolbox.system;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SystemTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void theEnvironmentChangesForLaterCommands() throws Exception {
    TOOLBOX.post("/env", "{\"set\":{\"A\":\"1\",\"B\":\"key-b\",\"C\":\"key-c\"}}");

    int status =
        TOOLBOX
            .post(
                "/env",
                "{\"set\":{\"C\":\"key-d\"},\"unset\":[\"A\"],\"unsetValuePrefix\":\"key-\"}")
            .statusCode();

    assertThat(status).isEqualTo(200);
    assertThat(
            read(TOOLBOX.post("/process/execute", "{\"command\":\"echo $A,$B,$C,$GREETING\"}"))
                .path("result")
                .asString())
        .isEqualTo(",,key-d,hello\n");
  }

  @Test
  void nothingToChangeIsFine() throws Exception {
    assertThat(TOOLBOX.post("/env", "{}").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"set\":{\"1A\":\"x\"}}",
        "{\"set\":[]}",
        "{\"unset\":[null]}",
        "{\"unset\":\"A\"}"
      })
  void badInputIs400(String body) throws Exception {
    assertThat(TOOLBOX.post("/env", body).statusCode()).isEqualTo(400);
  }

  @Test
  void metricsTellOfProcessorsMemoryAndDisk() throws Exception {
    JsonNode metrics = read(TOOLBOX.get("/system/metrics"));

    assertThat(metrics.path("cpuCount").asInt()).isPositive();
    assertThat(metrics.path("cpuUsedPct").asDouble()).isBetween(0.0, 100.0);
    assertThat(metrics.path("memTotal").asLong()).isGreaterThan(1 << 20);
    assertThat(metrics.path("memUsed").asLong()).isPositive();
    assertThat(metrics.path("memCache").asLong()).isPositive();
    assertThat(metrics.path("diskFree").asLong())
        .isEqualTo(metrics.path("diskTotal").asLong() - metrics.path("diskUsed").asLong());
    assertThat(metrics.path("timestamp").asString()).matches("\\d{4}-.*Z");
    assertThat(metrics.path("timestampUnix").asLong()).isGreaterThan(1_700_000_000L);
  }
}
