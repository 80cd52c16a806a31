package dev.paddock.toolbox.process;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CodeRunTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final String MARKER = "dtn_artifact_k39fd2:";

  @Test
  void pythonAnswersItsOutputInTheOrderOfWritingAndItsExitCode() throws Exception {
    HttpResponse<String> answer =
        python(
            "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('more')\nsys.exit(3)");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"exitCode\":3,\"result\":\"out\\nerr\\nmore\\n\",\"artifacts\":{\"charts\":[]}}");
  }

  @Test
  void pythonSeesItselfAsTheMainProgramWithItsArgumentsAndNoInput() throws Exception {
    String code =
        "import sys\nprint(__name__, sys.argv, repr(sys.stdin.read()), sorted(globals()))";

    String result =
        result(
            run(
                "{\"language\":\"python\",\"argv\":[\"a b\",\"-c\"],\"code\":"
                    + quote(code)
                    + "}"));

    assertThat(result)
        .startsWith("__main__ ['-', 'a b', '-c'] '' ['__annotations__', '__builtins__',")
        .doesNotContain("start");
  }

  @Test
  void anErrorInPythonIsShownWithItsLineAndNothingOfOurs() throws Exception {
    JsonNode answer = read(python("def fail():\n  raise ValueError('größe')\nfail()"));

    assertThat(answer.path("exitCode").asInt()).isEqualTo(1);
    assertThat(answer.path("result").asString())
        .isEqualTo(
            """
            Traceback (most recent call last):
              File "<stdin>", line 3, in <module>
                fail()
              File "<stdin>", line 2, in fail
                raise ValueError('größe')
            ValueError: größe
            """);
  }

  @Test
  void codeThatIsNoPythonIsASyntaxError() throws Exception {
    JsonNode answer = read(python("x = = 1"));

    assertThat(answer.path("exitCode").asInt()).isEqualTo(1);
    assertThat(answer.path("result").asString())
        .contains("SyntaxError")
        .contains("File \"<stdin>\", line 1");
  }

  @Test
  void javascriptRunsWithItsArguments() throws Exception {
    String code = "console.log(process.argv.slice(2).join('+')); process.exit(4)";

    JsonNode answer =
        read(
            run(
                "{\"language\":\"javascript\",\"argv\":[\"a\",\"b\"],\"code\":"
                    + quote(code)
                    + "}"));

    assertThat(answer.path("exitCode").asInt()).isEqualTo(4);
    assertThat(answer.path("result").asString()).isEqualTo("a+b\n");
  }

  @Test
  void variablesAreAddedToTheSandboxesOwn() throws Exception {
    String code = "import os; print(os.environ['GREETING'], os.environ['NAME'])";

    assertThat(
            result(
                run(
                    "{\"language\":\"python\",\"envs\":{\"NAME\":\"x y\"},\"code\":"
                        + quote(code)
                        + "}")))
        .isEqualTo("hello x y\n");
  }

  @Test
  void codeOfMegabytesRunsAndIsOnNoCommandLine() throws Exception {
    String code =
        "text = '"
            + "x".repeat(3_000_000)
            + "'\n"
            + "import os\nprint(len(text), len(open(f'/proc/{os.getpid()}/cmdline').read()) < 2000)";

    assertThat(result(python(code))).isEqualTo("3000000 True\n");
  }

  @Test
  void codeOfMoreThanEightMebibytesIs413() throws Exception {
    assertThat(python("#" + "x".repeat(9 << 20)).statusCode()).isEqualTo(413);
  }

  @Test
  void aTimeOutIs408AndKillsAllThatTheCodeStarted() throws Exception {
    String code =
        """
        import subprocess, time
        open('code-child', 'w').write(str(subprocess.Popen(['sleep', '1000']).pid))
        time.sleep(1000)
        """;

    HttpResponse<String> answer =
        run("{\"language\":\"python\",\"timeout\":2,\"code\":" + quote(code) + "}");

    assertThat(answer.statusCode()).isEqualTo(408);
    assertThat(read(answer).path("message").asString())
        .isEqualTo("request timeout: code execution timeout");
    Path child = TOOLBOX.work().resolve("code-child");
    ProcessHandle process = ProcessHandle.of(Long.parseLong(Files.readString(child))).orElse(null);
    if (process != null) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aFigureThatIsShownBecomesAChartAndIsNoOutput() throws Exception {
    installPyplot();
    String code =
        """
        import matplotlib.pyplot as plt
        print('before')
        plt.plot([1, 2, float('nan')], [3, 4.5, 5], label='a')
        print('half a line', end='')
        plt.show()
        plt.show()
        print(' and its rest')
        """;

    JsonNode answer = read(python(code));

    assertThat(answer.path("result").asString()).isEqualTo("before\nhalf a line and its rest\n");
    JsonNode charts = answer.path("artifacts").path("charts");
    assertThat(charts.size()).isEqualTo(1);
    JsonNode chart = charts.get(0);
    assertThat(Base64.getDecoder().decode(chart.path("png").asString()))
        .asString()
        .isEqualTo("picture of 1 lines");
    assertThat(chart.path("type").asString()).isEqualTo("line");
    assertThat(chart.path("title").asString()).isEqualTo("Growth");
    assertThat(chart.path("x_label").asString()).isEqualTo("time");
    assertThat(chart.path("y_scale").asString()).isEqualTo("log");
    assertThat(chart.path("x_ticks").toString()).isEqualTo("[0.0,1.5]");
    assertThat(chart.path("x_tick_labels").toString()).isEqualTo("[\"nought\",\"more\"]");
    assertThat(chart.path("elements").toString())
        .isEqualTo("[{\"label\":\"a\",\"points\":[[1.0,3.0],[2.0,4.5]]}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MARKER + "{\"type\":\"chart\"}\n",
        MARKER + "{\"type\":\"chart\",\"value\":{\"png\":7}}\n",
        MARKER + "{\"type\":\"sound\",\"value\":{}}\n",
        MARKER + "[[[[\n",
        MARKER + "no end",
        "dtn_dtn_artifact",
        MARKER
      })
  void whatOnlyLooksLikeAChartIsOutput(String text) throws Exception {
    JsonNode answer = read(python("import sys; sys.stdout.write(" + quote(text) + ")"));

    assertThat(answer.path("result").asString()).isEqualTo(text);
    assertThat(answer.path("artifacts").path("charts").isEmpty()).isTrue();
  }

  @Test
  void aChartOfTooManyValuesIsOutput() throws Exception {
    JsonNode answer =
        read(
            python(
                "print('"
                    + MARKER
                    + "{\"type\":\"chart\",\"value\":{\"elements\":[' + '{},' * 300000 + '{}]}}')"));

    assertThat(answer.path("result").asString()).startsWith(MARKER).endsWith("{},{}]}}\n");
    assertThat(answer.path("artifacts").path("charts").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d", "dtn_", "dtn_artifact_k39fd", "x dd"})
  void whatLooksLikeAMarkerHidesNoneThatFollows(String before) throws Exception {
    String chart = MARKER + "{\"type\":\"chart\",\"value\":{\"type\":\"pie\"}}\n";

    JsonNode answer =
        read(python("import sys; sys.stdout.write(" + quote(before + chart + "after") + ")"));

    assertThat(answer.path("result").asString()).isEqualTo(before + "after");
    assertThat(answer.path("artifacts").path("charts").size()).isEqualTo(1);
  }

  @Test
  void hugeOutputArrivesWholeWithItsChartsAndLeavesNothing() throws Exception {
    String chart = MARKER + "{\"type\":\"chart\",\"value\":{\"type\":\"pie\"}}";

    JsonNode answer = read(python("print('x' * 20_000_000)\nprint(" + quote(chart) + ")"));

    assertThat(answer.path("result").asString()).hasSize(20_000_001);
    assertThat(answer.path("artifacts").path("charts").toString())
        .isEqualTo("[{\"type\":\"pie\"}]");
    assertThat(TOOLBOX.spool()).isEmptyDirectory();
  }

  @Test
  void aLanguageThatTheSandboxLacksExitsWithMinusOne() throws Exception {
    HttpResponse<String> answer =
        run("{\"language\":\"typescript\",\"code\":\"1\",\"envs\":{\"PATH\":\"/nowhere\"}}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read(answer).path("exitCode").asInt()).isEqualTo(-1);
    assertThat(read(answer).path("result").asString()).contains("ts-node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"language\":\"python\"}|code is required",
        "{\"language\":\"python\",\"code\":\" \"}|code is required",
        "{\"code\":\"1\"}|language is required",
        "{\"language\":\"ruby\",\"code\":\"1\"}|language must be python, javascript or typescript",
        "{\"language\":\"python\",\"code\":\"1\",\"timeout\":-1}|timeout must be 0 or more seconds",
        "{\"language\":\"python\",\"code\":\"1\",\"argv\":[\"a\\u0000\"]}|argv must be texts without NUL"
            + " characters",
        "{\"language\":\"python\",\"code\":\"1\",\"envs\":{\"1A\":\"x\"}}|invalid environment"
            + " variable name '1A': use letters, digits and underscores, and no digit first"
      })
  void badInputIs400WithTheReason(String body, String message) throws Exception {
    HttpResponse<String> answer = run(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("message").asString()).isEqualTo("bad request: " + message);
  }

  private static void installPyplot() throws Exception {
    Path module = Files.createDirectories(TOOLBOX.work().resolve("matplotlib"));
    Files.write(module.resolve("__init__.py"), new byte[0]);
    Files.write(
        module.resolve("pyplot.py"), SandboxProgram.load("/dev/paddock/toolbox/process/pyplot.py"));
  }

  private static HttpResponse<String> python(String code) throws Exception {
    return run("{\"language\":\"python\",\"code\":" + quote(code) + "}");
  }

  private static HttpResponse<String> run(String json) throws Exception {
    return TOOLBOX.post("/process/code-run", json);
  }

  private static String result(HttpResponse<String> answer) {
    return read(answer).path("result").asString();
  }
}
