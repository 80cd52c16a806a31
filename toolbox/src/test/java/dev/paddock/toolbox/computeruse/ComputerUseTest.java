package dev.paddock.toolbox.computeruse;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputerUseTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @ParameterizedTest
  @CsvSource({
    "POST, /start",
    "GET, /status",
    "POST, /mouse/click",
    "POST, /mouse/down",
    "POST, /keyboard/up",
    "GET, /screenshot/region?x=1&y=1&width=2&height=2",
    "GET, /process/xvfb/logs",
    "DELETE, /recordings/some"
  })
  void operationsAre503AtBothAddressesWithTheReason(String method, String path) throws Exception {
    for (String prefix : new String[] {TestToolbox.prefix(), TestToolbox.legacyPrefix()}) {
      HttpResponse<String> answer =
          TOOLBOX
              .http()
              .send(
                  TOOLBOX.request(
                      method, prefix + "/computeruse" + path, BodyPublishers.ofString("{}")),
                  BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(read(answer).path("code").asString()).isEqualTo("SERVICE_UNAVAILABLE");
      assertThat(read(answer).path("message").asString())
          .startsWith("computer use is not available: sandboxes have no desktop");
    }
  }
}
