package dev.paddock.toolbox.session;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.TestToolbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A quarter of a second stands for the idle time of 90 seconds that a follower meets in practice,
 * so the command's ten seconds stand for an hour.
 */
class SilentLogTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox(Duration.ofMillis(250));

  @Test
  void aFollowerIsNotCutOffWhileACommandIsSilentForManyIdleTimes() throws Exception {
    TOOLBOX.post("/process/session", "{\"sessionId\":\"quiet\"}");
    String command =
        read(TOOLBOX.post(
                "/process/session/quiet/exec",
                "{\"command\":\"echo begun; sleep 10; echo ended\",\"runAsync\":true}"))
            .path("cmdId")
            .asString();
    String logs = "/process/session/quiet/command/" + command + "/logs?follow=true";
    Frames frames = new Frames();
    TOOLBOX.webSocket(logs, frames);

    String plain = TOOLBOX.get(logs).body();

    assertThat(plain).isEqualTo("begun\nended\n");
    assertThat(new String(frames.binaryUntilClose(), StandardCharsets.UTF_8))
        .contains("begun\n")
        .endsWith("ended\n");
  }
}
