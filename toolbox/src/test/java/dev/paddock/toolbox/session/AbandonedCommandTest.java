package dev.paddock.toolbox.session;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AbandonedCommandTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aClientThatLeavesIsLetGoOfAndItsCommandGoesOn() throws Exception {
    TOOLBOX.post("/process/session", "{\"sessionId\":\"left\"}");
    Path go = TOOLBOX.work().resolve("go");
    long before = TOOLBOX.agentConnections();
    int client;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOOLBOX.port())) {
      client = socket.getLocalPort();
      socket.getOutputStream().write(request("until [ -e go ]; do sleep 0.02; done; echo on"));
      await(() -> TOOLBOX.agentConnections() > before);
      assertThat(TOOLBOX.holdsConnectionFrom(client)).isTrue();
    }

    await(() -> TOOLBOX.agentConnections() <= before && !TOOLBOX.holdsConnectionFrom(client));

    var command = read(TOOLBOX.get("/process/session/left")).path("commands").path(0);
    assertThat(command.has("exitCode")).isFalse();
    Files.createFile(go);
    String logs = "/process/session/left/command/" + command.path("id").asString() + "/logs";
    assertThat(TOOLBOX.get(logs + "?follow=true").body()).isEqualTo("on\n");
  }

  private static byte[] request(String command) {
    String body = "{\"async\":false,\"command\":" + quote(command) + "}";
    String head =
        "POST %s/process/session/left/exec HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test-key\r\n"
                .formatted(TestToolbox.prefix())
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
