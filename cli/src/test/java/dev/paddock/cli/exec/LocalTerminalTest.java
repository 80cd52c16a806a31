package dev.paddock.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalTerminalTest {
  @Test
  void everyKeyReachesTheCommandAndItsOutputIsNotTouched() throws Exception {
    String settings = settingsOfARawTerminal();

    assertThat(settings).contains("-isig", "-icanon", "-echo", "-opost");
  }

  @Test
  void aReadWaitsForAKey() throws Exception {
    assertThat(settingsOfARawTerminal()).contains("min = 1;", "time = 0;");
  }

  private static String settingsOfARawTerminal() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String program =
        String.join(
            " ",
            java,
            "--enable-native-access=ALL-UNNAMED -cp",
            "'" + System.getProperty("java.class.path") + "'",
            RawTerminalProgram.class.getName());
    Process script =
        new ProcessBuilder(List.of("script", "--quiet", "--return", "-c", program, "/dev/null"))
            .redirectErrorStream(true)
            .start();
    String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).as(output).isZero();
    return output;
  }
}
