package dev.paddock.toolbox.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames.Frame;
import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterMistakesTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final TestInterpreter INTERPRETER = new TestInterpreter(TOOLBOX);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"code\":\" \"}|code is required",
        "{}|code is required",
        "{\"code\":\"1\",\"timeout\":-1}|timeout must be 0 or more seconds",
        "{\"code\":\"1\",\"contextId\":\"none\"}|interpreter context 'none' does not exist",
        "{\"code\":\"1\",\"envs\":{\"=\":\"1\"}}|invalid environment variable name '=': use"
            + " letters, digits and underscores, and no digit first"
      })
  void badInputCloses1008WithTheReason(String request, String reason) throws Exception {
    assertThat(INTERPRETER.conversation(request).close()).isEqualTo(new Frame.Close(1008, reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"code\":7}", "{\"code\":\"1\",\"timeout\":\"x\"}"})
  void whatIsNoRequestCloses1008(String request) throws Exception {
    assertThat(INTERPRETER.conversation(request).close().code()).isEqualTo(1008);
  }

  @Test
  void codeOfMoreThanAMebibyteCloses1008() throws Exception {
    assertThat(INTERPRETER.run("#" + "x".repeat(1 << 20)).close().code()).isEqualTo(1008);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"language\":\"ruby\"}",
        "{\"cwd\":\"/does/not/exist\"}",
        "{\"cwd\":\"/etc/passwd\"}",
        "{\"cwd\":7}"
      })
  void aContextThatCannotBeIs400(String body) throws Exception {
    assertThat(TOOLBOX.post("/process/interpreter/context", body).statusCode()).isEqualTo(400);
  }

  @Test
  void theDefaultContextCannotBeDeleted() throws Exception {
    HttpResponse<String> answer = TOOLBOX.delete("/process/interpreter/context/default");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("the default context cannot be deleted");
  }
}
