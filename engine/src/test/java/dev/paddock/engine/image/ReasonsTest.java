package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final Path DATA = Path.of("/srv/data/images");

  @Test
  void theToolsOwnStepsAreLeftOut() {
    List<String> lines =
        List.of(
            "Trying to pull x...",
            "time=\"2026-01-01T00:00:00Z\" level=warning msg=\"Error: again\"",
            "Error: initializing source docker://h/x:1: reading manifest 1 in h/x: manifest unknown");
    assertThat(Reasons.last(lines, DATA)).isEqualTo("reading manifest 1 in h/x: manifest unknown");
  }

  @Test
  void pathsOfTheHostAreHidden() {
    List<String> lines = List.of("Error: open /srv/data/images/tmp/x: no such file");
    assertThat(Reasons.last(lines, DATA)).isEqualTo("open …/tmp/x: no such file");
  }

  @Test
  void aBuildEndsWithItsLastLines() {
    List<String> lines =
        List.of(
            "STEP 1",
            "time=\"t\" level=error msg=\"EOF\"",
            "make: *** [all] Error 2",
            "Error: exit 2");
    assertThat(Reasons.ending(lines, DATA))
        .isEqualTo("STEP 1\nmake: *** [all] Error 2\nError: exit 2");
  }

  @Test
  void silenceIsAReasonToo() {
    assertThat(Reasons.last(List.of(), DATA)).isEqualTo("no reason was given");
  }
}
