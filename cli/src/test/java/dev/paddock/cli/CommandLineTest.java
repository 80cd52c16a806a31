package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      PaddockCli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void everyCommandHasHelpThatSaysWhatItDoes() {
    for (String name : List.copyOf(commandLine.getSubcommands().keySet())) {
      out.getBuffer().setLength(0);

      int status = commandLine.execute(name, "--help");

      assertThat(status).as(name).isZero();
      assertThat(out.toString()).as(name).contains("Usage: paddock");
    }
  }

  @Test
  void anUnknownCommandIsWrongUsage() {
    assertThat(commandLine.execute("frobnicate")).isEqualTo(2);
    assertThat(err.toString()).contains("frobnicate");
  }

  @Test
  void aMissingArgumentIsWrongUsage() {
    assertThat(commandLine.execute("info")).isEqualTo(2);
    assertThat(err.toString()).contains("SANDBOX");
  }

  @Test
  void wrongUsageIsToldInALineOrTwoAndNotBuriedInTheHelp() {
    commandLine.execute("exec", "--timeout", "soon", "web", "--", "true");

    assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(err.toString()).contains("--timeout", "See: paddock exec --help");
  }

  @Test
  void removeWantsNamesOrAllAndNotBoth() {
    assertThat(commandLine.execute("rm", "--all", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("Name the sandboxes, or give --all");
  }

  @Test
  void aServerThatIsNotThereHasItsOwnExitStatus() {
    int status = commandLine.execute("ls", "--api-url", "http://127.0.0.1:9/api", "--api-key", "k");

    assertThat(err.toString()).contains("paddock up");
    assertThat(status).isEqualTo(3);
  }

  @Test
  void completionScriptsExist() {
    assertThat(commandLine.execute("generate-completion")).isZero();
    assertThat(out.toString()).contains("complete -F");
  }
}
