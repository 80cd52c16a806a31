package dev.paddock.toolbox.interpreter;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.engine.agent.RecordedOutput;
import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.Frames.Frame;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class InterpreterTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final TestInterpreter INTERPRETER = new TestInterpreter(TOOLBOX);

  private static final String COMPLETED = "{\"type\":\"control\",\"text\":\"completed\"}";

  @Test
  void outputComesByStreamThenItsEnd() throws Exception {
    TestInterpreter.Result result =
        INTERPRETER.run("import sys\nprint('größe')\nprint('trouble', file=sys.stderr)");

    assertThat(result.stdout()).isEqualTo("größe\n");
    assertThat(result.stderr()).isEqualTo("trouble\n");
    assertThat(result.others()).hasToString("[" + COMPLETED + "]");
    assertThat(result.close()).isEqualTo(new Frame.Close(1000, ""));
  }

  @Test
  void outputComesWhileCodeRuns() throws Exception {
    Frames frames = new Frames();
    Path go = TOOLBOX.work().resolve("go");
    INTERPRETER.start(
        frames,
        "print('first')\nimport os, time\nwhile not os.path.exists('go'): time.sleep(0.02)");

    assertThat(((Frame.Text) frames.next()).text()).contains("first");
    Files.createFile(go);

    assertThat(INTERPRETER.collect(frames).close().code()).isEqualTo(1000);
  }

  @Test
  void whatCodeStartsWritesToTheSameStreams() throws Exception {
    assertThat(
            INTERPRETER.run("import os\nprint('a')\nos.system('echo b; echo c >&2')\nprint('d')"))
        .satisfies(result -> assertThat(result.stdout()).isEqualTo("a\nb\nd\n"))
        .satisfies(result -> assertThat(result.stderr()).isEqualTo("c\n"));
  }

  @Test
  void variablesStayInTheirContext() throws Exception {
    String one = INTERPRETER.create("{}");
    String other = INTERPRETER.create("{}");
    INTERPRETER.run(one, "x = 41\ndef more(): return x + 1");

    assertThat(INTERPRETER.run(one, "print(more())").stdout()).isEqualTo("42\n");
    assertThat(INTERPRETER.run(other, "print(x)").error().path("name").asString())
        .isEqualTo("NameError");
    assertThat(INTERPRETER.run("print(x)").error().path("name").asString()).isEqualTo("NameError");
  }

  @Test
  void codeNamesNoContextAndStillKeepsItsVariables() throws Exception {
    INTERPRETER.run("kept = 'here'");

    assertThat(INTERPRETER.run("print(kept)").stdout()).isEqualTo("here\n");
  }

  @Test
  void codeSeesNothingOfTheInterpretersOwn() throws Exception {
    String id = INTERPRETER.create("{}");

    assertThat(INTERPRETER.run(id, "print([n for n in dir() if n[0] != '_'], __name__)").stdout())
        .isEqualTo("[] __main__\n");
    assertThat(INTERPRETER.run(id, "import sys; print(repr(sys.stdin.read()), sys.argv)").stdout())
        .isEqualTo("'' ['']\n");
  }

  @Test
  void anErrorHasNameValueAndTraceback() throws Exception {
    TestInterpreter.Result result =
        INTERPRETER.run("def fail():\n  raise ValueError('bad größe')\nfail()");

    assertThat(result.error().path("type").asString()).isEqualTo("error");
    assertThat(result.error().path("name").asString()).isEqualTo("ValueError");
    assertThat(result.error().path("value").asString()).isEqualTo("bad größe");
    assertThat(result.error().path("traceback").asString())
        .startsWith("Traceback (most recent call last):\n  File \"<code ")
        .contains("line 3, in <module>\n    fail()")
        .doesNotContain("paddock")
        .endsWith("ValueError: bad größe\n");
    assertThat(result.others().getLast()).hasToString(COMPLETED);
    assertThat(result.close().code()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "x = = 1, SyntaxError",
    "exit(3), SystemExit",
    "raise KeyboardInterrupt, KeyboardInterrupt",
    "'f = lambda: f()\nf()', RecursionError"
  })
  void whateverCodeRaisesLeavesTheContextUsable(String code, String name) throws Exception {
    String id = INTERPRETER.create("{}");
    INTERPRETER.run(id, "x = 7");

    assertThat(INTERPRETER.run(id, code).error().path("name").asString()).isEqualTo(name);
    assertThat(INTERPRETER.run(id, "print(x)").stdout()).isEqualTo("7\n");
  }

  @Test
  void variablesOfTheEnvironmentAreThereForOneRun() throws Exception {
    String request =
        "{\"envs\":{\"COLOUR\":\"blue\"},\"code\":"
            + quote("import os; print(os.environ['COLOUR'], os.environ['GREETING'])")
            + "}";

    assertThat(INTERPRETER.conversation(request).stdout()).isEqualTo("blue hello\n");
    assertThat(INTERPRETER.run("import os; print(os.environ.get('COLOUR'))").stdout())
        .isEqualTo("None\n");
  }

  @Test
  void aContextStartsWhereItIsTold() throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve("below"));
    String id = INTERPRETER.create("{\"cwd\":\"below\",\"language\":\"python\"}");

    assertThat(INTERPRETER.run(id, "import os; print(os.getcwd())").stdout())
        .isEqualTo(TOOLBOX.work() + "/below\n");
  }

  @Test
  void contextsAreListedWithoutTheDefaultOneAndDeleted() throws Exception {
    INTERPRETER.run("1");
    String id = INTERPRETER.create("{}");

    JsonNode contexts = read(TOOLBOX.get("/process/interpreter/context")).path("contexts");
    assertThat(contexts.valueStream().map(context -> context.path("id").asString()))
        .contains(id)
        .doesNotContain("default");
    JsonNode mine =
        contexts
            .valueStream()
            .filter(one -> one.path("id").asString().equals(id))
            .findFirst()
            .get();
    assertThat(mine.path("active").asBoolean()).isTrue();
    assertThat(mine.path("language").asString()).isEqualTo("python");
    assertThat(mine.path("cwd").asString()).isEqualTo(TOOLBOX.work().toString());
    assertThat(mine.path("createdAt").asString()).matches("\\d{4}-.*Z");
    assertThat(TOOLBOX.delete("/process/interpreter/context/" + id).statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.get("/process/interpreter/context").body()).doesNotContain(id);
    assertThat(TOOLBOX.delete("/process/interpreter/context/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void runsOfOneContextDoNotMix() throws Exception {
    String id = INTERPRETER.create("{}");
    List<Frames> runs = new ArrayList<>();
    INTERPRETER.run(id, "seen = []");
    for (int i = 0; i < 8; i++) {
      Frames frames = new Frames();
      INTERPRETER.start(frames, id, "import time; seen += 'a'; time.sleep(0.05); seen += 'b'", "");
      runs.add(frames);
    }
    for (Frames frames : runs) {
      assertThat(INTERPRETER.collect(frames).close().code()).isEqualTo(1000);
    }

    assertThat(INTERPRETER.run(id, "print(''.join(seen))").stdout())
        .isEqualTo("ab".repeat(8) + "\n");
  }

  @Test
  void aTimeOutClosesWith4008AndKeepsTheVariables() throws Exception {
    String id = INTERPRETER.create("{}");
    INTERPRETER.run(id, "x = 5");
    Frames frames = new Frames();
    INTERPRETER.start(
        frames, id, "import time\nprint('begun')\ntime.sleep(1000)", ",\"timeout\":1");

    TestInterpreter.Result result = INTERPRETER.collect(frames);

    assertThat(result.stdout()).isEqualTo("begun\n");
    assertThat(result.others()).isEmpty();
    assertThat(result.close().code()).isEqualTo(4008);
    assertThat(INTERPRETER.run(id, "print(x)").stdout()).isEqualTo("5\n");
  }

  @Test
  void aTimeOutEndsWhatCodeWaitsFor() throws Exception {
    String id = INTERPRETER.create("{}");
    Frames frames = new Frames();
    INTERPRETER.start(
        frames, id, "import os\nos.system('echo $$ > waited; exec sleep 1000')", ",\"timeout\":1");

    assertThat(INTERPRETER.collect(frames).close().code()).isEqualTo(4008);

    assertThat(INTERPRETER.run(id, "print(1)").stdout()).isEqualTo("1\n");
    long pid = Long.parseLong(Files.readString(TOOLBOX.work().resolve("waited")).strip());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void codeThatHeedsNoInterruptCostsTheContextItsVariablesOnly() throws Exception {
    String id = INTERPRETER.create("{}");
    Frames frames = new Frames();
    String code =
        "x = 1\nimport time\nwhile True:\n  try: time.sleep(1000)\n  except BaseException: pass";
    INTERPRETER.start(frames, id, code, ",\"timeout\":1");

    assertThat(INTERPRETER.collect(frames).close().code()).isEqualTo(4008);

    assertThat(INTERPRETER.run(id, "print('x' in dir())").stdout()).isEqualTo("False\n");
  }

  @Test
  void aClientThatGoesAwayInterruptsItsRun() throws Exception {
    String id = INTERPRETER.create("{}");
    Frames frames = new Frames();
    WebSocket socket =
        INTERPRETER.start(frames, id, "x = 3\nprint('on')\nimport time\ntime.sleep(1000)", "");
    assertThat(((Frame.Text) frames.next()).text()).contains("on");

    socket.abort();

    assertThat(INTERPRETER.run(id, "print(x)").stdout()).isEqualTo("3\n");
  }

  @Test
  void anInterpreterThatEndsIsToldAndStartsAnew() throws Exception {
    String id = INTERPRETER.create("{}");

    TestInterpreter.Result result = INTERPRETER.run(id, "print('last')\nimport os\nos._exit(9)");

    assertThat(result.stdout()).isEqualTo("last\n");
    assertThat(result.error().path("name").asString()).isEqualTo("InterpreterExited");
    assertThat(result.error().path("value").asString()).contains("exit status 9");
    assertThat(result.close().code()).isEqualTo(1000);
    assertThat(INTERPRETER.run(id, "print('again')").stdout()).isEqualTo("again\n");
  }

  @RepeatedTest(20)
  void theEndOfAnInterpreterDoesNotTouchItsSuccessor() throws Exception {
    String id = INTERPRETER.create("{}");
    Frames frames = new Frames();
    WebSocket socket = INTERPRETER.start(frames, id, "import os\nos._exit(9)", "");
    assertThat(((Frame.Text) frames.next()).text()).contains("InterpreterExited");
    socket.abort();

    TestInterpreter.Result result = INTERPRETER.run(id, "print('again')");

    assertThat(result.stdout()).as("%s", result).isEqualTo("again\n");
  }

  @Test
  void contextsOutliveTheServerAndLeaveARunThatNobodyWatches() throws Exception {
    String id = INTERPRETER.create("{}");
    INTERPRETER.run(id, "kept = 4");
    Frames frames = new Frames();
    Path on = TOOLBOX.work().resolve("on");
    INTERPRETER.start(
        frames, id, "kept += 1\nopen('on', 'w').close()\nimport time\ntime.sleep(1000)", "");
    while (!Files.exists(on)) {
      Thread.onSpinWait();
    }

    TOOLBOX.restart();

    assertThat(TOOLBOX.get("/process/interpreter/context").body()).contains(id);
    assertThat(INTERPRETER.run(id, "print(kept)").stdout()).isEqualTo("5\n");
  }

  @Test
  void outputIsKeptNoLongerThanUntilItWasTold() throws Exception {
    String id = INTERPRETER.create("{}");
    int length = 20 << 20;

    assertThat(INTERPRETER.run(id, "print('x' * %d, end='')".formatted(length)).stdout())
        .hasSize(length);

    assertThat(keptBytes(id)).isLessThan(4 << 20);
    TOOLBOX.restart();
    assertThat(INTERPRETER.run(id, "print('more')").stdout()).isEqualTo("more\n");
  }

  /** How much of all that a context has written its sandbox still has. */
  private static int keptBytes(String id) throws IOException {
    AgentClient agent = new AgentClient(new AgentConnections(TOOLBOX.agentSocket()));
    int kept = 0;
    try (RecordedOutput output = agent.readProcessOutput("interpreter:" + id, 0, false)) {
      while (true) {
        switch (output.next()) {
          case OutputEvent.Stdout(byte[] data) -> kept += data.length;
          case OutputEvent.Stderr(byte[] data) -> kept += data.length;
          case OutputEvent.Exited _ -> {
            return kept;
          }
        }
      }
    }
  }

  @Test
  void deletingAContextEndsItsRun() throws Exception {
    String id = INTERPRETER.create("{}");
    Frames frames = new Frames();
    INTERPRETER.start(frames, id, "print('on')\nimport time\ntime.sleep(1000)", "");
    frames.next();

    TOOLBOX.delete("/process/interpreter/context/" + id);

    TestInterpreter.Result result = INTERPRETER.collect(frames);
    assertThat(result.close()).isEqualTo(new Frame.Close(1008, "the context was deleted"));
  }

  @Test
  void hugeOutputArrivesWhole() throws Exception {
    TestInterpreter.Result result = INTERPRETER.run("for _ in range(300): print('ä' * 20_000)");

    assertThat(result.stdout()).hasSize(300 * 20_001).doesNotContain("\ufffd");
    assertThat(result.others()).hasToString("[" + COMPLETED + "]");
  }

  @Test
  void codeOfNearlyAMebibyteRuns() throws Exception {
    assertThat(INTERPRETER.run("text = '" + "x".repeat(1_000_000) + "'\nprint(len(text))").stdout())
        .isEqualTo("1000000\n");
  }

  @Test
  void marksThatCodeWritesItselfDeceiveNobodyButItself() throws Exception {
    String id = INTERPRETER.create("{}");
    INTERPRETER.run(id, "print('\\x1e' + 'x' * 40 + ' end {}')");

    assertThat(INTERPRETER.run(id, "print('fine')").stdout()).isEqualTo("fine\n");
  }

  @Test
  void outputAfterTheEndOfARunIsNobodys() throws Exception {
    String id = INTERPRETER.create("{}");
    INTERPRETER.run(
        id,
        "import threading, time\n"
            + "threading.Thread(target=lambda: (time.sleep(0.2), print('late'))).start()");
    Thread.sleep(500);

    assertThat(INTERPRETER.run(id, "print('mine')").stdout()).isEqualTo("mine\n");
  }
}
