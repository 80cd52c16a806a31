package dev.paddock.toolbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.web.ClientVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogShapeTest {
  @ParameterizedTest
  @CsvSource({
    "'', COMBINED",
    "0.25.3, COMBINED",
    "0.27.1, MARKED",
    "0.121.0, MARKED",
    "0.166.9, MARKED",
    "0.167.0, SEPARATE",
    "0.218.0, SEPARATE",
    "0.0.0-dev, SEPARATE"
  })
  void aPlainAnswerFollowsTheClientsVersion(String version, LogShape expected) {
    assertThat(LogShape.ofAnswer(ClientVersion.parse(version), false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"'', MARKED", "0.25.3, COMBINED", "0.27.1, MARKED", "0.218.0, MARKED"})
  void aWebSocketHasMarkersUnlessItsVersionKnowsNone(String version, LogShape expected) {
    assertThat(LogShape.ofStream(ClientVersion.parse(version), false, true)).isEqualTo(expected);
  }

  @Test
  void aFollowedAnswerWithoutVersionHasNoMarkers() {
    assertThat(LogShape.ofStream(Optional.empty(), false, false)).isEqualTo(LogShape.COMBINED);
  }

  @Test
  void aClientWithoutVersionMayAskForMarkers() {
    assertThat(LogShape.ofAnswer(Optional.empty(), true)).isEqualTo(LogShape.MARKED);
    assertThat(LogShape.ofStream(Optional.empty(), true, false)).isEqualTo(LogShape.MARKED);
  }
}
