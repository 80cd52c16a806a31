package dev.paddock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  @TempDir Path directory;

  @Test
  void hasTheGivenDescriptorAsItsThirdAndNoOther() throws Exception {
    Path output = Files.createFile(directory.resolve("out"));

    assertThat(run("ls /proc/self/fd >&3; readlink /proc/self/fd/3 >&3", output)).isZero();

    assertThat(Files.readAllLines(output)).contains("0", "1", "2", "3", output.toString());
    assertThat(Files.readAllLines(output)).doesNotContain("5", "6", "7", "8", "9", "10");
  }

  @Test
  void tellsTheExitStatus() throws Exception {
    assertThat(run("exit 7", Files.createFile(directory.resolve("out")))).isEqualTo(7);
  }

  @Test
  void seesOnlyTheGivenEnvironment() throws Exception {
    Path output = Files.createFile(directory.resolve("out"));

    run("env >&3", output);

    assertThat(Files.readString(output)).contains("GIVEN=1").doesNotContain("JAVA_HOME");
  }

  @Test
  void isKilledWhenItsTimeIsOver() throws Exception {
    Path output = Files.createFile(directory.resolve("out"));
    try (Fd passed = Fd.open(output, Fd.READ_WRITE);
        ChildProcess child = ChildProcess.start(List.of("/bin/sleep", "1000"), Map.of(), passed)) {
      assertThat(child.finish(Duration.ofMillis(50))).isEqualTo(128 + 9);
    }
  }

  @Test
  void saysWhenTheProgramDoesNotExist() throws Exception {
    Path output = Files.createFile(directory.resolve("out"));
    try (Fd passed = Fd.open(output, Fd.READ_WRITE)) {
      assertThatThrownBy(() -> ChildProcess.start(List.of("/nowhere"), Map.of(), passed))
          .isInstanceOf(ErrnoException.class);
    }
  }

  private static int run(String script, Path output) throws Exception {
    try (Fd passed = Fd.open(output, Fd.READ_WRITE);
        ChildProcess child =
            ChildProcess.start(
                List.of("/bin/sh", "-c", script),
                Map.of("GIVEN", "1", "PATH", "/bin:/usr/bin"),
                passed)) {
      return child.finish(Duration.ofSeconds(20));
    }
  }
}
