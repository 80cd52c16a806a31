package dev.paddock.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeLogTest {
  @TempDir Path directory;

  @Test
  void givesTheLastMessageWithoutPathsOfTheHost() throws Exception {
    Path log = directory.resolve("log");
    Files.writeString(
        log,
        """
        time="x" level=warning msg="first"
        time="x" level=error msg="cannot mount \\"/srv/secret/place\\": denied"
        """);

    assertThat(RuntimeLog.reason(log, "runc"))
        .isEqualTo("runc says: cannot mount \"(path)\": denied");
  }

  @Test
  void isBounded() throws Exception {
    Path log = Files.writeString(directory.resolve("log"), "x".repeat(100_000));

    assertThat(RuntimeLog.reason(log, "runc")).hasSizeLessThan(400);
  }

  @Test
  void saysSomethingWhenTheRuntimeDidNot() throws Exception {
    assertThat(RuntimeLog.reason(directory.resolve("none"), "runc")).contains("try again");
  }
}
