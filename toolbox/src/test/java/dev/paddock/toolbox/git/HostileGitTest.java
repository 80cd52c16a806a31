package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a program for git that answers whatever its sandbox likes: here, what a file holds. */
class HostileGitTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @BeforeAll
  static void install() throws IOException {
    Path bin = Files.createDirectories(TOOLBOX.work().resolve("bin"));
    Path git = Files.writeString(bin.resolve("git"), "#!/bin/sh\ncat \"$HOME/answer\"\n");
    assertThat(git.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void anAnswerOfMoreThanFourMebibytesIsRefused() throws Exception {
    assertThat(refusal("status", "?".repeat((4 << 20) + 1)))
        .contains("git answered more than 4 MiB", "run git as a command");
  }

  @Test
  void anAnswerOfVeryManyFieldsIsRefused() throws Exception {
    assertThat(refusal("status", "x\0".repeat(100_001)))
        .contains("git answered more than 100,000 fields", "run git as a command");
  }

  @Test
  void anAnswerOfVeryManyLinesIsRefused() throws Exception {
    assertThat(refusal("branches", "x\n".repeat(100_001)))
        .contains("git answered more than 100,000 lines", "run git as a command");
  }

  @Test
  void asManyFieldsAsFitAreRead() throws Exception {
    assertThat(answer("status", "? x\0".repeat(100_000)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "remotes", "history", "config"})
  void anAnswerThatGitDoesNotGiveIsSaidToBeUnreadable(String operation) throws Exception {
    String nonsense = operation.equals("config") ? "" : "1\0 \0x\0y\0z\0";

    assertThat(refusal(operation, nonsense))
        .contains("the sandbox's git answered no", "look at which git the sandbox has");
  }

  private static String refusal(String operation, String output) throws Exception {
    HttpResponse<String> answer = answer(operation, output);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(400);
    return read(answer).path("message").asString();
  }

  private static HttpResponse<String> answer(String operation, String output) throws Exception {
    Files.writeString(TOOLBOX.work().resolve("answer"), output);
    return TOOLBOX.get("/git/" + operation + "?path=.&key=user.name");
  }
}
