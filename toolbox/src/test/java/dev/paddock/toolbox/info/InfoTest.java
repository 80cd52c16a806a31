package dev.paddock.toolbox.info;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void directoriesAreTold() throws Exception {
    assertThat(read(TOOLBOX.get("/work-dir")).path("dir").asString())
        .isEqualTo(TOOLBOX.work().toString());
    assertThat(TOOLBOX.get("/user-home-dir").body()).isEqualTo("{\"dir\":\"/root\"}");
    assertThat(TOOLBOX.get("/project-dir").body()).isEqualTo("{\"dir\":\"/root\"}");
  }

  @Test
  void initIsAccepted() throws Exception {
    assertThat(TOOLBOX.post("/init", "{\"token\":\"x\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void portsThatListenAreListedWithinTheirRange() throws Exception {
    try (ServerSocket socket = bindBetween(3000, 9999)) {
      int port = socket.getLocalPort();

      assertThat(read(TOOLBOX.get("/port")).path("ports").toString())
          .contains(String.valueOf(port))
          .doesNotContain(String.valueOf(TOOLBOX.port()));
      assertThat(TOOLBOX.get("/port/" + port + "/in-use").body()).isEqualTo("{\"isInUse\":true}");
    }
  }

  @Test
  void aPortOnWhichNothingListensIsNotInUse() throws Exception {
    assertThat(TOOLBOX.get("/port/1/in-use").body()).isEqualTo("{\"isInUse\":false}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "70000", "-1", "x", "99999999999"})
  void aPortThatCannotBeIs400(String port) throws Exception {
    HttpResponse<String> answer = TOOLBOX.get("/port/" + port + "/in-use");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("message").asString())
        .isEqualTo("bad request: invalid port '" + port + "': a port is a number from 1 to 65535");
  }

  private static ServerSocket bindBetween(int first, int last) throws IOException {
    for (int port = first; port <= last; port++) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (IOException taken) {
        assertThat(taken).isNotNull();
      }
    }
    throw new IOException("No port is free");
  }
}
